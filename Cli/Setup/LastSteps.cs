using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Setup;

/// <summary>What three cards would become, and what comes next.</summary>
internal sealed class LastSteps(Session session, Dialogue dialogue, Answers answers)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var services = session.Build(answers.Examine().OrThrow());
        var samples = await services.GetRequiredService<SetupQuestions>().SamplesAsync(cancellationToken);
        dialogue.Title(SetupStrings.Of("PreviewsTitle"));
        dialogue.Say("  " + SetupStrings.Of(samples.Count == 0 ? "PreviewsNone" : "PreviewsIntro"));
        foreach (var (job, id) in samples)
        {
            var preview = await services.GetRequiredService<Previewer>().PreviewAsync(job, id, cancellationToken);
            if (preview is not null && !session.IsJson)
            {
                session.Screen.Line();
                new PreviewText(session.Screen, session.Context.Time.GetUtcNow()).Show(preview);
            }
        }

        dialogue.Title(SetupStrings.Of("NextTitle"));
        dialogue.Say(SetupStrings.Of("Next", session.Context.CalledAs));
        return ExitCode.Done;
    }
}
