using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>Runs the jobs: what all hosts call.</summary>
public sealed class SyncRunner
{
    private readonly JobFactory jobs;
    private readonly JobStores stores;
    private readonly Bitrix24Client bitrix24;
    private readonly SyncOptions options;
    private readonly int concurrency;
    private readonly Fingerprints fingerprints;
    private readonly TimeProvider time;
    private readonly ILogger<SyncRunner> logger;

    internal SyncRunner(
        JobFactory jobs,
        JobStores stores,
        Bitrix24Client bitrix24,
        SyncOptions options,
        int concurrency,
        Fingerprints fingerprints,
        TimeProvider time,
        ILogger<SyncRunner> logger
    )
    {
        (this.jobs, this.stores, this.bitrix24, this.options, this.concurrency) = (jobs, stores, bitrix24, options, concurrency);
        (this.fingerprints, this.time, this.logger) = (fingerprints, time, logger);
    }

    /// <summary>
    /// Runs a job once. A CRM or the storage being unavailable, another run holding the lease, and cancellation are outcomes in the report;
    /// what was done until then is stored. Cancellation lets what is being sent or written end, for at most two and a half seconds.
    /// </summary>
    /// <exception cref="ConfigurationException">The portal does not fit the mapping: the status field is missing or no text.</exception>
    public Task<RunReport> RunAsync(SyncJob job, CancellationToken cancellationToken) => RunAsync(job, null, cancellationToken);

    /// <summary>Runs a job once and reports what has been done so far whenever something was stored.</summary>
    /// <inheritdoc cref="RunAsync(SyncJob, CancellationToken)"/>
    public async Task<RunReport> RunAsync(SyncJob job, IProgress<RunReport>? progress, CancellationToken cancellationToken)
    {
        using var activity = SyncTelemetry.Activities.StartActivity(job.Name());
        var meter = RequestMeter.Begin();
        var started = time.GetTimestamp();
        var tally = new RunTally(job, progress);
        var (ending, end) = await RunOnceAsync(job, tally, cancellationToken);
        var report = tally.Report() with
        {
            Outcome = ending.Outcome,
            Reason = ending.Reason,
            Unavailable = ending.Unavailable,
            IsCancelled = ending.IsCancelled,
            StatusesOwed = end?.StatusesOwed,
            Waiting = end?.Waiting,
            BacklogAgeSeconds = end?.BacklogAgeSeconds ?? (ending.Outcome == RunOutcome.Completed ? 0 : null),
            Checkpoint = end?.Checkpoint,
            Bitrix24Requests = meter.Bitrix24Requests,
            OtmechalkaRequests = meter.OtmechalkaRequests,
            DurationSeconds = time.GetElapsedTime(started).TotalSeconds,
        };
        if (end is null && ending.Outcome == RunOutcome.AlreadyRunning)
        {
            SyncLog.AlreadyRunning(logger, job.Name());
            return report;
        }

        Publish(report, end);
        activity?.SetTag("outcome", report.Outcome.ToString());
        return report;
    }

    /// <summary>Opens the job's session, runs, and gives the lease back whatever ends the run.</summary>
    private async Task<(Ending Ending, RunEnd? End)> RunOnceAsync(SyncJob job, RunTally tally, CancellationToken cancellationToken)
    {
        LedgerSession? session = null;
        SyncRun? run = null;
        Ending? ending = null;
        try
        {
            session = await stores.Of(job).TryOpenAsync(cancellationToken);
            if (session is null)
            {
                return (new Ending(RunOutcome.AlreadyRunning, null), null);
            }

            run = new SyncRun(
                jobs.Create(job),
                bitrix24,
                session,
                options,
                concurrency,
                fingerprints,
                tally,
                time,
                logger,
                cancellationToken
            );
            await run.RunAsync();
            await session.CloseAsync(run.State);
            ending = new Ending(run.IsBudgetSpent ? RunOutcome.BudgetSpent : RunOutcome.Completed, null);
        }
        catch (Exception error) when (Ending.Of(error, session, cancellationToken) is { } expected)
        {
            ending = expected;
        }
        finally
        {
            await EndAsync(session, run, ending);
        }

        return (ending!, session is null ? null : RunEnd.Of(session, run, time.GetUtcNow()));
    }

    // What the run has passed is stored and the lease given back, if the storage lets it.
    private static async Task EndAsync(LedgerSession? session, SyncRun? run, Ending? ending)
    {
        if (run is not null && ending?.Outcome == RunOutcome.Interrupted)
        {
            try
            {
                await session!.CloseAsync(run.State);
            }
            catch (Exception error) when (error is UnavailableException or LeaseLostException)
            {
                // The lease runs out by itself, and the next run passes again what was passed.
            }
        }

        run?.Dispose();
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }

    private void Publish(RunReport report, RunEnd? end)
    {
        var job = report.Job.Name();
        SyncTelemetry.Ran(job, report.Outcome.ToString(), report.DurationSeconds);
        SyncTelemetry.Handled(job, nameof(report.Created), report.Created);
        SyncTelemetry.Handled(job, nameof(report.Updated), report.Updated);
        SyncTelemetry.Handled(job, nameof(report.Unchanged), report.Unchanged);
        SyncTelemetry.Handled(job, nameof(report.OutOfScope), report.OutOfScope);
        SyncTelemetry.Handled(job, nameof(report.Failed), report.Failed);
        SyncTelemetry.Backlog(job, end?.StatusesOwed, end?.Waiting, end?.BacklogAgeSeconds, end?.Delivered);
        SyncLog.RunFinished(
            logger,
            job,
            report.Outcome.ToString(),
            report.Reason,
            report.Read,
            report.Created,
            report.Updated,
            report.Unchanged,
            report.OutOfScope,
            report.Failed,
            report.Retried,
            report.StatusesWritten,
            report.StatusesOwed,
            report.Waiting,
            report.Bitrix24Requests,
            report.OtmechalkaRequests,
            report.DurationSeconds,
            report.Checkpoint?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            report.BacklogAgeSeconds,
            end?.Delivered,
            ProductVersion.Text
        );
    }

    /// <summary>How a run ended, and why when it was interrupted.</summary>
    private sealed record Ending(RunOutcome Outcome, string? Reason, bool IsCancelled = false)
    {
        public UnavailableException? Unavailable { get; init; }

        /// <summary>The ending that an expected failure means; <see langword="null"/> for one that nobody expected.</summary>
        public static Ending? Of(Exception error, LedgerSession? session, CancellationToken cancelled) =>
            error switch
            {
                OperationCanceledException when cancelled.IsCancellationRequested => new(
                    RunOutcome.Interrupted,
                    "cancelled",
                    IsCancelled: true
                ),
                OperationCanceledException when session?.Lost.IsCancellationRequested == true => new(
                    RunOutcome.Interrupted,
                    "the lock could not be held"
                ),
                // A take-over is noticed by whoever writes to the table first: here a commit of the run, above the lease's own renewal.
                LeaseLostException => new(RunOutcome.AlreadyRunning, "another run has taken the lock over"),
                UnavailableException unavailable => new(RunOutcome.Interrupted, unavailable.Message) { Unavailable = unavailable },
                _ => null,
            };
    }

    /// <summary>
    /// What is known at the end of a run. After a write without an answer nobody knows what is stored, and a run that read nothing knows of
    /// no backlog: what is not known is <see langword="null"/>, and never 0.
    /// </summary>
    private sealed record RunEnd(DateTimeOffset? Checkpoint, int? StatusesOwed, int? Waiting, long? Delivered, double? BacklogAgeSeconds)
    {
        public static RunEnd Of(LedgerSession session, SyncRun? run, DateTimeOffset now)
        {
            var stored = session.IsKnown ? session : null;
            return new(
                session.State.Checkpoint,
                stored?.Pending.Count(entry => entry.StatusOwed),
                stored?.Pending.Count(entry => entry.NextTry is not null),
                stored?.State.Delivered,
                run?.OldestUnhandled is { } oldest ? Math.Max(0, ((run.PortalTime ?? now) - oldest).TotalSeconds) : null
            );
        }
    }
}
