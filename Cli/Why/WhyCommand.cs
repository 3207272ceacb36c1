using System.CommandLine;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations.Why;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Why;

/// <summary><c>why TEXT</c>: what has become of a pupil, found by whatever the operator knows of him.</summary>
internal sealed class WhyCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var text = new Argument<string[]>("TEXT") { Arity = ArgumentArity.OneOrMore, Description = WhyStrings.Of("Argument") };
        var command = new Command("why", WhyStrings.Of("Command")) { text };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () => new WhyCommand(session).RunAsync(string.Join(' ', parsed.GetRequiredValue(text)), cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(string text, CancellationToken cancellationToken)
    {
        var question = WhyQuestion.Read(text);
        if (question.IsTooShort)
        {
            throw new CommandException(ExitCode.Configuration, WhyStrings.Of("TooShort"));
        }

        await using var services = session.Build(session.ReadSettings());
        var reader = services.GetRequiredService<PupilReader>();
        var answer = await reader.FindAsync(question, cancellationToken);
        var chosen = answer.Matches.Count == 1 ? answer.Matches[0] : null;
        var screen = new WhyText(session.Screen, session.Context.Time.GetUtcNow());
        if (!session.IsJson)
        {
            screen.ShowMatches(answer);
            chosen ??= session.IsInteractive && answer.Matches.Count > 1 ? await AskAsync(answer, cancellationToken) : null;
        }

        var story = chosen is null ? null : await reader.TellAsync(chosen, cancellationToken);
        if (session.IsJson)
        {
            session.Print(WhyJson.Of(answer, story));
        }
        else if (story is not null)
        {
            screen.Show(story);
        }
        else if (chosen is not null)
        {
            session.Screen.Line(new Cell(WhyStrings.Of("GoneMeanwhile"), Tone.Caution));
        }

        return story?.OtmechalkaProblem is null ? ExitCode.Done : ExitCode.Unavailable;
    }

    /// <summary>Asks which of them; nothing chosen is an answer, too.</summary>
    private async Task<FoundCard?> AskAsync(WhyAnswer answer, CancellationToken cancellationToken)
    {
        while (true)
        {
            await session.Context.Output.WriteAsync(WhyStrings.Of("Which", answer.Matches.Count).AsMemory(), cancellationToken);
            var line = (await session.Context.ReadLine(false, cancellationToken))?.Trim();
            if (string.IsNullOrEmpty(line))
            {
                return null;
            }

            var chosen =
                int.TryParse(line, out var number) && number >= 1 && number <= answer.Matches.Count
                    ? answer.Matches[number - 1]
                    : answer.Matches.FirstOrDefault(card => card.Id == line);
            if (chosen is not null)
            {
                return chosen;
            }
        }
    }
}
