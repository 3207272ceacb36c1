using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Sandbox.Jobs;

/// <summary>The timers of the Azure app: contacts at the beginning of each interval, deals in its middle.</summary>
internal sealed class JobTimers(SandboxJobs jobs, TimeProvider time, TimeSpan interval)
{
    public TimeSpan Interval => interval;

    /// <summary>While it is set no run begins by itself.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Runs both jobs again and again until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(interval / 2, time);
        try
        {
            for (var job = SyncJob.Contacts; ; job = job == SyncJob.Contacts ? SyncJob.Deals : SyncJob.Contacts)
            {
                if (!IsPaused)
                {
                    await jobs.RunAsync(job, RunTrigger.Timer, cancellationToken);
                }

                await ticks.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that is expected.
        }
    }
}
