using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Setup;

/// <summary>Asks from when on cards are taken, and says how many that are.</summary>
internal sealed class StartStep(Session session, Dialogue dialogue, Answers answers)
{
    private const string Start = "SYNC_START_DATE";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!answers.MustAsk(Start))
        {
            dialogue.Say("  " + await CountAsync(cancellationToken));
            return;
        }

        // A day is a small beginning: what it takes can be looked at, and an earlier date brings the rest.
        var proposal = session.Context.Time.GetLocalNow().AddDays(-1).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
        while (await dialogue.AskAsync(SetupStrings.Of("AskStart"), proposal, cancellationToken) is { } answer)
        {
            if (answers.Try(Start, answer) is { } problem)
            {
                dialogue.Say("  " + problem, Tone.Bad);
                if (!dialogue.IsOpen)
                {
                    return;
                }

                continue;
            }

            dialogue.Say("  " + await CountAsync(cancellationToken));
            if (!dialogue.IsOpen || await dialogue.ConfirmAsync(SetupStrings.Of("StartRight"), true, cancellationToken))
            {
                answers.Store(Start);
                return;
            }

            proposal = answer;
        }
    }

    private async Task<string> CountAsync(CancellationToken cancellationToken)
    {
        await using var services = session.Build(answers.Examine().Known!);
        var count = await services.GetRequiredService<SetupQuestions>().CountAsync(cancellationToken);
        return SetupStrings.Of("StartTakes", count.Contacts, count.Deals);
    }
}
