using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Cli.Setup;

/// <summary>Asks for each ID of otmechalka beside its label; one that was given for the same name already is proposed.</summary>
internal sealed class IdStep(Dialogue dialogue, Answers answers)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var known = answers.Examine();
        var given = new Dictionary<string, string>();
        var settings = OtmechalkaIds.All(known);
        if (!settings.Any(id => !known.IsRight(id.Setting)))
        {
            dialogue.Say("  " + SetupStrings.Of("IdsKnown"));
            return;
        }

        dialogue.Say("  " + SetupStrings.Of("IdsIntro"));
        foreach (var id in settings)
        {
            if (!answers.MustAsk(id.Setting))
            {
                given.TryAdd(id.Name, id.Value);
                continue;
            }

            var proposal = given.GetValueOrDefault(id.Name);
            while (
                await dialogue.AskAsync(SetupStrings.Of(id.IsCourse ? "AskCourse" : "AskOffice", id.Label), proposal, cancellationToken)
                    is { } answer
            )
            {
                if (answers.Try(id.Setting, answer) is not { } problem)
                {
                    answers.Store(id.Setting);
                    given.TryAdd(id.Name, answer);
                    break;
                }

                dialogue.Say("  " + problem, Tone.Bad);
                if (!dialogue.IsOpen)
                {
                    break;
                }
            }
        }
    }
}
