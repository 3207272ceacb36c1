using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Functions;

/// <summary>One tick of a timer: what both functions do around a run. It knows nothing of the worker, so tests compile it too.</summary>
public sealed partial class Tick(IHostApplicationLifetime lifetime, ILogger<Tick> logger)
{
    /// <summary>
    /// Runs a job once. The invocation's own cancellation and the host's shutdown both end it in order; the first comes late
    /// or not at all to an isolated worker, so neither is enough alone. What <paramref name="run"/> throws fails the invocation.
    /// </summary>
    public async Task RunAsync(
        SyncJob job,
        bool isPastDue,
        Func<SyncJob, CancellationToken, Task<RunReport>> run,
        CancellationToken cancellationToken)
    {
        var name = job.Name();
        if (isPastDue)
            LogLate(name);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var report = await run(job, stopping.Token);

        if (report.IsCancelled)
            LogStopped(name);
        else if (report.Outcome == RunOutcome.Interrupted)
            LogInterrupted(name, report.Reason);
    }

    [LoggerMessage(EventId = 1, EventName = "TickLate", Level = LogLevel.Warning,
        Message = "The timer of {Job} fires late: a scheduled tick was missed")]
    private partial void LogLate(string job);

    [LoggerMessage(EventId = 2, EventName = "RunInterrupted", Level = LogLevel.Warning,
        Message = "The run of {Job} was interrupted: {Reason}. What was done is kept; the next run goes on with the rest")]
    private partial void LogInterrupted(string job, string? reason);

    [LoggerMessage(EventId = 3, EventName = "RunStopped", Level = LogLevel.Information,
        Message = "The run of {Job} ended in order: the host is stopping. The next run goes on with the rest")]
    private partial void LogStopped(string job);
}
