using System.CommandLine;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Cli.Sync;

/// <summary><c>sync contacts|deals|all [--watch INTERVAL]</c>: runs the jobs as the timers do.</summary>
internal sealed class SyncCommand(Session session, IReadOnlyList<SyncJob> jobs, TimeSpan? watch)
{
    public const string Name = "sync";

    public static Command Create(SharedOptions shared, Surroundings surroundings)
    {
        var jobs = JobArguments.Jobs();
        var watch = new Option<TimeSpan?>("--watch")
        {
            Description = "Run again and again, every INTERVAL (30s, 1m, 2h), until Ctrl+C.",
            HelpName = "INTERVAL",
            CustomParser = Interval.Parse,
        };
        var command = new Command(Name, "Run the jobs once, as the timers do.") { jobs, watch };
        command.SetAction((parsed, cancellationToken) =>
            new SyncCommand(new Session(parsed, shared, surroundings), parsed.GetRequiredValue(jobs), parsed.GetValue(watch)).RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var services = session.Build(session.ReadSettings());
            var round = new SyncRound(session, services.GetRequiredService<SyncRunner>());
            return watch is { } interval ? await WatchAsync(round, interval, cancellationToken) : await round.RunAsync(jobs, cancellationToken);
        }
        catch (Exception error)
        {
            var failure = Failure.Of(error, cancellationToken);
            failure.WriteTo(session.Surroundings.Error);
            if (session.IsJson)
            {
                var json = SyncJson.Of([]);
                failure.AddTo(json);
                session.Print(json);
            }

            return failure.Code;
        }
    }

    // A system that is unavailable, or a lock that is held, may be better in the next round; the rest needs a person.
    private async Task<int> WatchAsync(SyncRound round, TimeSpan interval, CancellationToken cancellationToken)
    {
        var time = session.Surroundings.Time;
        while (true)
        {
            var started = time.GetTimestamp();
            var code = await round.RunAsync(jobs, cancellationToken);
            if (code is not (ExitCode.Done or ExitCode.Unavailable or ExitCode.Locked))
            {
                return code;
            }

            var rest = interval - time.GetElapsedTime(started);
            if (rest > TimeSpan.Zero)
            {
                session.Say(FormattableString.Invariant($"Next run at {time.GetLocalNow() + rest:HH:mm:ss}; Ctrl+C ends."));
                await Task.Delay(rest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Cancelled;
            }
        }
    }
}
