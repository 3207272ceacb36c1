using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Setup;

/// <summary>
/// Shows which fields and list values of the portal fit the mapping, lets a person choose others, and creates the status fields.
/// </summary>
internal sealed class FieldSteps(Session session, Dialogue dialogue, Answers answers)
{
    private const string NewStatusField = "UF_CRM_SYNC_STATUS";

    public async Task RunAsync(bool createsStatusFields, CancellationToken cancellationToken)
    {
        await using (var services = Build())
        {
            var questions = services.GetRequiredService<SetupQuestions>();
            var proposals = await questions.FieldsAsync(cancellationToken);
            if (proposals.Count == 0)
            {
                dialogue.Say("  " + SetupStrings.Of("FieldsUntold"), Tone.Caution);
                return;
            }

            await ChooseAllAsync(proposals, cancellationToken);
            foreach (var status in proposals.Where(proposal => proposal.IsStatus))
            {
                await CreateAsync(questions, status.Settings[0], createsStatusFields, cancellationToken);
            }
        }

        // By now the fields are known whose values these are.
        await using var later = Build();
        await ChooseAllAsync(await later.GetRequiredService<SetupQuestions>().ValuesAsync(cancellationToken), cancellationToken);
    }

    private ServiceProvider Build() => session.Build(answers.Examine().Known!);

    // Contacts and deals have fields and lists of the same names.
    private async Task ChooseAllAsync(IReadOnlyList<Proposal> proposals, CancellationToken cancellationToken)
    {
        foreach (var entity in proposals.GroupBy(IsOfContacts))
        {
            dialogue.Say("");
            dialogue.Say("  " + OutputStrings.Of(entity.Key ? "Contacts" : "Deals"), Tone.Strong);
            await ChooseAsync([.. entity], cancellationToken);
        }
    }

    private static bool IsOfContacts(Proposal proposal) => proposal.Settings[0].Contains("__Contact__", StringComparison.Ordinal);

    private async Task ChooseAsync(IReadOnlyList<Proposal> proposals, CancellationToken cancellationToken)
    {
        var chosen = proposals.Select(proposal => proposal.Found).ToList();
        while (true)
        {
            dialogue.Table(
                [
                    SetupStrings.Of("ColumnNumber"),
                    SetupStrings.Of("ColumnWhat"),
                    SetupStrings.Of("ColumnFound"),
                    SetupStrings.Of("ColumnHow"),
                ],
                [.. proposals.Select((proposal, i) => Row(i, proposal, chosen[i]))]
            );
            var answer = await dialogue.AskAsync(SetupStrings.Of("FieldsRight"), SetupStrings.Of("Yes"), cancellationToken);
            if (answer == SetupStrings.Of("Yes"))
            {
                if (ChosenTwice(chosen) is not var (one, other) || !dialogue.IsOpen)
                {
                    break;
                }

                dialogue.Say("  " + SetupStrings.Of("FieldsTwice", one + 1, other + 1, chosen[one]!.Code), Tone.Bad);
                continue;
            }

            if (
                !int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1
                || number > proposals.Count
            )
            {
                dialogue.Say("  " + SetupStrings.Of("FieldsNumber", proposals.Count), Tone.Bad);
                continue;
            }

            chosen[number - 1] = await ChooseAsync(proposals[number - 1], chosen[number - 1], cancellationToken);
        }

        foreach (var (proposal, choice) in proposals.Zip(chosen))
        {
            Store(proposal, choice);
        }
    }

    /// <summary>The first two rows that have the same field or list value, which can mean one thing only.</summary>
    private static (int One, int Other)? ChosenTwice(List<Choice?> chosen)
    {
        for (var other = 1; other < chosen.Count; other++)
        {
            if (chosen[other] is { } choice && chosen.FindIndex(one => one?.Code == choice.Code) is var one && one < other)
            {
                return (one, other);
            }
        }

        return null;
    }

    private async Task<Choice?> ChooseAsync(Proposal proposal, Choice? before, CancellationToken cancellationToken)
    {
        dialogue.Say("  " + SetupStrings.Of("ChoicesTitle", proposal.Title));
        dialogue.Table(
            [SetupStrings.Of("ColumnNumber"), SetupStrings.Of("ColumnCode"), SetupStrings.Of("ColumnLabel")],
            [.. proposal.Choices.Select((choice, i) => (IReadOnlyList<Cell>)[Number(i), choice.Code, choice.Label ?? ""])]
        );
        while (await dialogue.AskAsync(SetupStrings.Of("ChoicesAsk"), before?.Code, cancellationToken) is { } answer)
        {
            var choice =
                proposal.Choices.FirstOrDefault(choice => choice.Code.Equals(answer, StringComparison.OrdinalIgnoreCase))
                ?? (
                    int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? proposal.Choices.ElementAtOrDefault(number - 1)
                        : null
                );
            if (choice is not null)
            {
                return choice;
            }

            dialogue.Say("  " + SetupStrings.Of("ChoicesNone", answer), Tone.Bad);
            if (!dialogue.IsOpen)
            {
                break;
            }
        }

        return before;
    }

    private void Store(Proposal proposal, Choice? choice)
    {
        if (choice is null || choice.Code == proposal.Configured)
        {
            return;
        }

        foreach (var setting in proposal.Settings)
        {
            if (proposal.IsKey)
            {
                answers.Rename(setting, choice.Code);
            }
            else
            {
                answers.Write(setting, choice.Code);
            }
        }
    }

    // Where there is none: by the service, if it may and a person wants it, else by hand.
    private async Task CreateAsync(SetupQuestions questions, string setting, bool isWanted, CancellationToken cancellationToken)
    {
        if (answers.Examine().IsRight(setting) && !await IsMissingAsync(setting, cancellationToken))
        {
            return;
        }

        var question = SetupStrings.Of(
            setting.Contains("Contact", StringComparison.Ordinal) ? "CreateContactField" : "CreateDealField",
            NewStatusField
        );
        if (isWanted || (dialogue.IsOpen && await dialogue.ConfirmAsync(question, true, cancellationToken)))
        {
            var check = await questions.CreateStatusFieldAsync(setting, NewStatusField, cancellationToken);
            dialogue.Say(check);
            if (check.Result == CheckResult.Ok)
            {
                answers.Write(setting, NewStatusField);
                return;
            }
        }

        dialogue.Say(SetupStrings.Of("CreateByHand"));
        while (await dialogue.AskAsync(SetupStrings.Of("AskStatusField"), null, cancellationToken) is { } answer)
        {
            if (answers.Try(setting, answer) is not { } problem)
            {
                answers.Store(setting);
                return;
            }

            dialogue.Say("  " + problem, Tone.Bad);
        }
    }

    private async Task<bool> IsMissingAsync(string setting, CancellationToken cancellationToken)
    {
        await using var services = Build();
        var fields = await services.GetRequiredService<SetupQuestions>().FieldsAsync(cancellationToken);
        return fields.Any(field => field.Settings[0] == setting && field.Source != ProposalSource.Configured);
    }

    private static IReadOnlyList<Cell> Row(int index, Proposal proposal, Choice? choice) =>
        [
            Number(index),
            proposal.Title,
            choice is null ? new Cell("–", Tone.Caution) : choice.Code + (choice.Label is null ? "" : $" «{choice.Label}»"),
            choice == proposal.Found
                ? new Cell(SetupStrings.Of($"Source{proposal.Source}"), proposal.Source == ProposalSource.None ? Tone.Caution : Tone.Good)
                : new Cell(SetupStrings.Of("SourceChosen"), Tone.Good),
        ];

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
