using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>One whole run of a job.</summary>
internal static class SyncWork
{
    public static async Task<WorkResult> RunAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        await using var product = new Product(order);
        var report = await product
            .Get<SyncRunner>()
            .RunAsync(order.Task == Worker.SyncDeals ? SyncJob.Deals : SyncJob.Contacts, cancellationToken);
        return new WorkResult
        {
            Records = report.Created + report.Updated + report.Unchanged,
            StorageCalls = product.StorageCalls,
            Outcome = report.Outcome == RunOutcome.Completed ? null : $"{report.Outcome}: {report.Reason}",
        };
    }
}
