using System.CommandLine;
using B24Otmechalka.Core.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Status;

/// <summary><c>status</c>: how both jobs stand.</summary>
internal sealed class StatusCommand(Session session)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var command = new Command("status", StatusStrings.Of("Command"));
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                return session.GuardAsync(() => new StatusCommand(session).RunAsync(cancellationToken), cancellationToken);
            }
        );
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var status = await services.GetRequiredService<StatusReader>().ReadAsync(cancellationToken);
        if (session.IsJson)
        {
            session.Print(StatusJson.Of(status));
        }
        else
        {
            var offset =
                status.Jobs.Select(job => job.State?.Checkpoint?.Offset).FirstOrDefault(known => known is not null)
                ?? settings.Sync.StartDate.Offset;
            new StatusText(session.Screen, session.Context.Time.GetUtcNow(), offset).Show(status);
        }

        return status.Jobs.Any(job => job.Backlog.Problem is not null) ? ExitCode.Unavailable : ExitCode.Done;
    }
}
