using System.CommandLine;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Why;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Status;

/// <summary><c>status</c>: how both jobs stand.</summary>
internal sealed class StatusCommand(Session session, bool showsAll, bool showsNames)
{
    public static Command Create(SharedOptions shared, CliContext context)
    {
        var all = new Option<bool>("--all") { Description = StatusStrings.Of("OptionAll") };
        var names = new Option<bool>("--names") { Description = StatusStrings.Of("OptionNames") };
        var duplicates = new Option<bool>("--duplicates") { Description = StatusStrings.Of("OptionDuplicates") };
        var command = new Command("status", StatusStrings.Of("Command")) { all, names, duplicates };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                var status = new StatusCommand(session, parsed.GetValue(all), parsed.GetValue(names));
                return session.GuardAsync(
                    () => parsed.GetValue(duplicates) ? status.FindDuplicatesAsync(cancellationToken) : status.RunAsync(cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        await using var services = session.Build(settings);
        var status = await services.GetRequiredService<StatusReader>().ReadAsync(cancellationToken);
        // A program that did not ask for names gets none.
        var cards =
            session.IsJson && !showsNames ? null : await services.GetRequiredService<FailingCards>().ReadAsync(status, cancellationToken);
        if (session.IsJson)
        {
            session.Print(StatusJson.Of(status, cards));
        }
        else
        {
            var offset =
                status.Jobs.Select(job => job.State?.Checkpoint?.Offset).FirstOrDefault(known => known is not null)
                ?? settings.Sync.StartDate.Offset;
            var now = session.Context.Time.GetUtcNow();
            var failing = new FailingText(session.Screen, cards!, showsAll, now.ToOffset(offset));
            new StatusText(session.Screen, now, offset, failing).Show(status);
        }

        return status.Jobs.Any(job => job.Backlog.Problem is not null) ? ExitCode.Unavailable : ExitCode.Done;
    }

    private async Task<int> FindDuplicatesAsync(CancellationToken cancellationToken)
    {
        await using var services = session.Build(session.ReadSettings());
        var pupils = await services.GetRequiredService<SamePupils>().FindAsync(cancellationToken);
        if (session.IsJson)
        {
            session.Print(DuplicatesJson.Of(pupils, showsNames));
        }
        else
        {
            new DuplicatesText(session.Screen).Show(pupils);
        }

        return ExitCode.Done;
    }
}
