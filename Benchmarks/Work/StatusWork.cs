using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>Writes a status to every contact as a run does: through the queue and the ledger.</summary>
internal static class StatusWork
{
    public static async Task<Func<Task<WorkResult>>> PrepareAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var product = new Product(order);
        var settings = product.Settings;
        var job = new ContactSync(product.Get<Bitrix24Client>(), product.Get<OtmechalkaClient>(), settings.Contact, settings.Sync, settings.Otmechalka.Timeout, product.Get<Fingerprints>());
        var lease = await product.Get<JobStores>().Of(SyncJob.Contacts).TryOpenAsync(cancellationToken) ?? throw new InvalidOperationException("The table is in use.");
        var owed = new List<(CardRecord Record, LedgerEntry Entry)>();
        await foreach (var page in job.ReadAsync(settings.Sync.StartDate, 0, cancellationToken))
        {
            owed.AddRange(page.Select(record => (record, new LedgerEntry { Id = record.Id, Outcome = RecordOutcome.Delivered, StatusHash = record.StatusHash(StatusLine.Success), StatusOwed = true })));
        }

        await lease.CommitAsync(owed.ConvertAll(one => one.Entry), null);
        return async () =>
        {
            Exception? failure = null;
            var queue = new StatusQueue<CardRecord>(job, lease, new RunTally(SyncJob.Contacts, null), TimeProvider.System, error => failure ??= error, cancellationToken);
            owed.ForEach(one => queue.Add(one.Record, StatusLine.Success, one.Entry));
            await queue.CompleteAsync();
            var failures = lease.Pending.Where(entry => entry.Code is not null).Select(entry => long.Parse(entry.Id, CultureInfo.InvariantCulture)).ToList();
            await lease.DisposeAsync();
            await product.DisposeAsync();
            return new WorkResult { Records = owed.Count, Failures = failures, Outcome = failure?.Message };
        };
    }
}
