using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Functions;

/// <summary>One tick of a timer: what both functions do around a run. It knows nothing of the worker, so tests compile it too.</summary>
public sealed partial class Tick(RunningTicks running, IHostApplicationLifetime lifetime, ILogger<Tick> logger)
{
    /// <summary>The name under which the worker tells the host which invocation a log record belongs to.</summary>
    public const string InvocationIdKey = "AzureFunctions_InvocationId";

    /// <summary>
    /// Runs a job once. The invocation's own cancellation and the host's shutdown both end it in order: the host cancels an
    /// invocation when <c>functionTimeout</c> is over, but not when it stops. What <paramref name="run"/> throws fails the
    /// invocation.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="invocationId">
    /// The host's ID of this tick. It stands in the scope of every log record of the run, because the host drops records without
    /// one: neither the console nor the log stream would show anything of a run.
    /// </param>
    /// <param name="isPastDue">Whether the tick should have come earlier.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">The invocation's.</param>
    public async Task RunAsync(
        SyncJob job,
        string invocationId,
        bool isPastDue,
        Func<SyncJob, CancellationToken, Task<RunReport>> run,
        CancellationToken cancellationToken
    )
    {
        using var scope = logger.BeginScope(new Dictionary<string, object> { [InvocationIdKey] = invocationId });
        using var tick = running.Begin();
        var name = job.Name();
        if (isPastDue)
        {
            LogLate(name);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var report = await run(job, stopping.Token);

        if (!report.IsCancelled)
        {
            if (report.Outcome == RunOutcome.Interrupted)
            {
                LogInterrupted(name, report.Reason);
            }
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            // Nothing is wrong with a stop of the host; a run that functionTimeout had to end was stuck.
            LogStopped(LogLevel.Warning, name, "the invocation was cancelled, by functionTimeout or by hand");
        }
        else
        {
            LogStopped(LogLevel.Information, name, "the host is stopping");
        }
    }

    [LoggerMessage(
        EventId = 1,
        EventName = "TickLate",
        Level = LogLevel.Warning,
        Message = "The timer of {Job} fires late: a scheduled tick was missed"
    )]
    private partial void LogLate(string job);

    [LoggerMessage(
        EventId = 2,
        EventName = "RunInterrupted",
        Level = LogLevel.Warning,
        Message = "The run of {Job} was interrupted: {Reason}. What was done is kept; the next run goes on with the rest"
    )]
    private partial void LogInterrupted(string job, string? reason);

    [LoggerMessage(
        EventId = 3,
        EventName = "RunStopped",
        Message = "The run of {Job} ended in order: {Reason}. The next run goes on with the rest"
    )]
    private partial void LogStopped(LogLevel level, string job, string reason);
}
