using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Sandbox.Jobs;

/// <summary>Runs the product's jobs, keeps their reports, and reads what they stored.</summary>
internal sealed class SandboxJobs(SyncRunner runner, JobStores stores, RunLog log)
{
    public RunLog Log => log;

    /// <summary>Told of each run that has ended.</summary>
    public Action<LoggedRun>? OnEnded { get; set; }

    /// <summary>Runs a job once. What goes wrong is in the result; nothing is thrown but cancellation before the run.</summary>
    public async Task<LoggedRun> RunAsync(SyncJob job, RunTrigger trigger, CancellationToken cancellationToken)
    {
        var run = log.Begin(job, trigger);
        // A token of its own: whatever a run hangs on it ends with the run.
        using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            run = log.End(run, await runner.RunAsync(job, own.Token), null);
        }
        catch (ConfigurationException error)
        {
            run = log.End(run, null, string.Join("; ", error.Problems));
        }
        catch (Exception error)
        {
            run = log.End(run, null, $"{error.GetType().Name}: {error.Message}");
            if (error is OperationCanceledException)
            {
                throw;
            }
        }

        OnEnded?.Invoke(run);
        return run;
    }

    /// <summary>What is stored of a job; <see langword="null"/> when the storage does not answer.</summary>
    public async Task<JobSnapshot?> InspectAsync(SyncJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await stores.Of(job).InspectAsync(cancellationToken);
        }
        catch (UnavailableException)
        {
            return null;
        }
    }
}
