using System.CommandLine;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Preview;

/// <summary><c>preview contact|deal ID</c>: what would happen to this record now, and why.</summary>
internal sealed class PreviewCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var job = JobArguments.Record();
        var id = JobArguments.Id();
        var command = new Command("preview", PreviewStrings.Of("Command")) { job, id };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(
                    () =>
                        new PreviewCommand(session).RunAsync(
                            parsed.GetRequiredValue(job)!.Value,
                            parsed.GetRequiredValue(id),
                            cancellationToken
                        ),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(SyncJob job, string id, CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var preview =
            await services.GetRequiredService<Previewer>().PreviewAsync(job, id, cancellationToken)
            ?? throw new CommandException(ExitCode.Configuration, PreviewStrings.Of(job == SyncJob.Contacts ? "NoContact" : "NoDeal", id));
        if (session.IsJson)
        {
            session.Print(PreviewJson.Of(preview));
        }
        else
        {
            new PreviewText(session.Screen, session.Context.Time.GetUtcNow()).Show(preview);
        }

        return preview.OtmechalkaProblem is null ? ExitCode.Done : ExitCode.Unavailable;
    }
}
