using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>Runs the jobs: what all hosts call.</summary>
public sealed class SyncRunner
{
    private readonly Func<SyncJob, IProgress<RunReport>?, CancellationToken, Task<RunReport>> run;

    internal SyncRunner(Func<SyncJob, IProgress<RunReport>?, CancellationToken, Task<RunReport>> run) => this.run = run;

    /// <summary>
    /// Runs a job once. A CRM or the storage being unavailable, another run holding the lock, and cancellation are outcomes in
    /// the report; what was done until then is stored. Cancellation lets requests under way end, for at most ten seconds.
    /// </summary>
    /// <exception cref="ConfigurationException">The portal does not fit the mapping: the status field is missing or no text.</exception>
    public Task<RunReport> RunAsync(SyncJob job, CancellationToken cancellationToken) => run(job, null, cancellationToken);

    /// <summary>Runs a job once and reports what has been done so far whenever something was stored.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, CancellationToken)"/>
    public Task<RunReport> RunAsync(SyncJob job, IProgress<RunReport>? progress, CancellationToken cancellationToken) => run(job, progress, cancellationToken);

    /// <summary>One run: lock, work, report.</summary>
    internal static async Task<RunReport> RunAsync<TRecord>(
        RecordJob<TRecord> job, JobStore store, SyncOptions options, int concurrency, TimeProvider time, ILogger logger, IProgress<RunReport>? progress, CancellationToken cancellationToken)
        where TRecord : SyncRecord
    {
        using var activity = SyncTelemetry.Activities.StartActivity(job.Job.Name());
        var meter = RequestMeter.Begin();
        var started = time.GetTimestamp();
        var tally = new RunTally(job.Job, progress);
        var ending = new RunReport { Job = job.Job };
        JobLease? lease = null;
        SyncRun<TRecord>? run = null;
        try
        {
            lease = await store.TryOpenAsync(cancellationToken);
            if (lease is null)
            {
                SyncLog.AlreadyRunning(logger, job.Job.Name());
                return tally.Report() with { Outcome = RunOutcome.AlreadyRunning, DurationSeconds = time.GetElapsedTime(started).TotalSeconds };
            }

            run = new SyncRun<TRecord>(job, lease, options, concurrency, tally, time, logger, cancellationToken);
            await run.RunAsync();
            await lease.CloseAsync(run.State);
            ending = ending with { Outcome = run.IsBudgetSpent ? RunOutcome.BudgetSpent : RunOutcome.Completed };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ending = ending with { Outcome = RunOutcome.Interrupted, Reason = "cancelled", IsCancelled = true };
        }
        catch (OperationCanceledException) when (lease?.Lost.IsCancellationRequested == true)
        {
            ending = ending with { Outcome = RunOutcome.Interrupted, Reason = "the lock could not be held" };
        }
        catch (LockLostException)
        {
            ending = ending with { Outcome = RunOutcome.AlreadyRunning, Reason = "another run has taken the lock over" };
        }
        catch (UnavailableException error)
        {
            ending = ending with { Outcome = RunOutcome.Interrupted, Reason = error.Message };
        }
        finally
        {
            await EndAsync(lease, run, ending);
        }

        // Of a write without an answer nobody knows what is stored, and a run that read nothing knows of no backlog: not known is not 0.
        var stored = lease is { IsKnown: true } ? lease : null;
        var report = tally.Report() with
        {
            Outcome = ending.Outcome,
            Reason = ending.Reason,
            IsCancelled = ending.IsCancelled,
            StatusesOwed = stored?.Pending.Count(entry => entry.StatusOwed),
            Waiting = stored?.Pending.Count(entry => entry.NextTry is not null),
            Bitrix24Requests = meter.Bitrix24Requests,
            OtmechalkaRequests = meter.OtmechalkaRequests,
            DurationSeconds = time.GetElapsedTime(started).TotalSeconds,
            BacklogAgeSeconds = run?.OldestUnhandled is { } oldest ? Math.Max(0, ((job.PortalTime ?? time.GetUtcNow()) - oldest).TotalSeconds)
                : ending.Outcome == RunOutcome.Completed ? 0 : null,
            Checkpoint = lease?.State.Checkpoint,
        };
        Publish(report, stored?.State.Delivered, logger);
        activity?.SetTag("outcome", report.Outcome.ToString());
        return report;
    }

    // Whatever ended the run, what it has passed is stored and the lock given back, if the storage lets it.
    private static async Task EndAsync<TRecord>(JobLease? lease, SyncRun<TRecord>? run, RunReport ending)
        where TRecord : SyncRecord
    {
        if (run is not null && ending.Outcome == RunOutcome.Interrupted)
        {
            try
            {
                await lease!.CloseAsync(run.State);
            }
            catch (Exception error) when (error is UnavailableException or LockLostException)
            {
                // The lock frees itself, and the next run passes again what was passed.
            }
        }

        if (run is not null)
        {
            await run.DisposeAsync();
        }

        if (lease is not null)
        {
            await lease.DisposeAsync();
        }
    }

    private static void Publish(RunReport report, long? delivered, ILogger logger)
    {
        var job = report.Job.Name();
        SyncTelemetry.Ran(job, report.Outcome.ToString(), report.DurationSeconds);
        SyncTelemetry.Backlog(job, report.StatusesOwed, report.Waiting, report.BacklogAgeSeconds, delivered);
        SyncLog.RunFinished(
            logger, job, report.Outcome.ToString(), report.Reason, report.Read, report.Created, report.Updated, report.Unchanged, report.OutOfScope, report.Failed,
            report.Retried, report.StatusesWritten, report.StatusesOwed, report.Waiting, report.Bitrix24Requests, report.OtmechalkaRequests, report.DurationSeconds,
            report.Checkpoint?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), report.BacklogAgeSeconds, delivered);
    }
}
