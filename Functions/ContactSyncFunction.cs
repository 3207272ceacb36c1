using B24Otmechalka.Core.Sync;
using Microsoft.Azure.Functions.Worker;

namespace B24Otmechalka.Functions;

/// <summary>B24 contacts to otmechalka clients, whenever <c>CONTACT_SYNC_SCHEDULE</c> (NCRONTAB, UTC) says.</summary>
public sealed class ContactSyncFunction(Tick tick, SyncRunner runner)
{
    /// <summary>Runs the job once.</summary>
    [Function("CONTACT_SYNC_JOB")]
    public Task RunAsync(
        [TimerTrigger("%CONTACT_SYNC_SCHEDULE%", RunOnStartup = false)] TimerInfo timer,
        FunctionContext context,
        CancellationToken cancellationToken
    ) => tick.RunAsync(SyncJob.Contacts, context.InvocationId, timer.IsPastDue, runner.RunAsync, cancellationToken);
}
