using System.CommandLine;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Sync;

/// <summary><c>sync contacts|deals|all [--watch INTERVAL]</c>: runs the jobs as the timers do.</summary>
internal sealed class SyncCommand(Session session, IReadOnlyList<SyncJob> jobs)
{
    public const string Name = "sync";

    private bool isAnnounced;

    public static Command Create(SharedOptions shared, CliContext context)
    {
        var jobs = JobArguments.Jobs();
        var watch = new Option<TimeSpan?>("--watch")
        {
            Description = SyncStrings.Of("WatchOption"),
            HelpName = SyncStrings.Of("WatchValue"),
            CustomParser = Interval.Parse,
        };
        var command = new Command(Name, SyncStrings.Of("Command")) { jobs, watch };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var session = new Session(parsed, shared, context);
                var sync = new SyncCommand(session, parsed.GetRequiredValue(jobs)!);
                return session.GuardAsync(
                    () => sync.RunAsync(parsed.GetValue(watch), cancellationToken),
                    cancellationToken,
                    () => SyncJson.Of([])
                );
            }
        );
        return command;
    }

    private async Task<int> RunAsync(TimeSpan? watch, CancellationToken cancellationToken)
    {
        var settings = session.ReadSettings();
        if (watch is { } interval && session.Screen.Terminal is { } terminal && !session.IsJson)
        {
            using var live = new LiveWatch(session, settings, jobs, interval);
            return await live.RunAsync(terminal, cancellationToken);
        }

        await using var services = session.Build(settings);
        var runner = services.GetRequiredService<SyncRunner>();
        return watch is { } every
            ? await new WatchLoop(every, session.Context.Time).RunAsync(
                () => RoundAsync(runner, isWatch: true, cancellationToken),
                RestAsync,
                cancellationToken
            )
            : await RoundAsync(runner, isWatch: false, cancellationToken);
    }

    private async Task<int> RoundAsync(SyncRunner runner, bool isWatch, CancellationToken cancellationToken)
    {
        var line = session.Context.IsErrorTerminal ? new ProgressLine(session.Context.Error) : null;
        var round = new SyncRound(runner, jobs)
        {
            Progress = line,
            Ended = report =>
            {
                line?.Clear();
                if (!session.IsJson && isWatch)
                {
                    Tell(report);
                }
                else if (!session.IsJson)
                {
                    SyncText.Show(report, session.Screen);
                }
            },
            Failed = (job, failure) =>
            {
                line?.Clear();
                session.Say(JobWords.Records(job) + ":");
                failure.WriteTo(session.Context.Error);
            },
        };
        var result = await round.RunAsync(cancellationToken);
        if (session.IsJson)
        {
            var json = SyncJson.Of(result.Reports);
            Failure.Merge(result.Failures)?.AddTo(json);
            session.Print(json);
        }

        return result.Code;
    }

    // Hour after hour without a change would bury what matters.
    private void Tell(RunReport report)
    {
        if (SyncText.IsWorthALine(report))
        {
            session.Screen.Line(SyncText.LineOf(report, session.Now));
        }
    }

    private Task RestAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (session.Context.IsErrorTerminal || !isAnnounced)
        {
            isAnnounced = true; // a log needs it once
            session.Say(SyncStrings.Of("NextRun", Moment.Time(until.ToOffset(session.Offset))));
        }

        return Task.Delay(until - session.Context.Time.GetUtcNow(), session.Context.Time, cancellationToken);
    }
}
