using B24Otmechalka.Core.Sync;
using Microsoft.Azure.Functions.Worker;

namespace B24Otmechalka.Functions;

/// <summary>Won B24 deals to otmechalka tickets, whenever <c>DEAL_SYNC_SCHEDULE</c> (NCRONTAB, UTC) says.</summary>
public sealed class DealSyncFunction(Tick tick, SyncRunner runner)
{
    /// <summary>Runs the job once.</summary>
    [Function("DEAL_SYNC_JOB")]
    public Task RunAsync(
        [TimerTrigger("%DEAL_SYNC_SCHEDULE%", RunOnStartup = false)] TimerInfo timer,
        FunctionContext context,
        CancellationToken cancellationToken
    ) => tick.RunAsync(SyncJob.Deals, context.InvocationId, timer.IsPastDue, runner.RunAsync, cancellationToken);
}
