using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>Writes a status to every contact as a run does: through the queue and the ledger.</summary>
internal static class StatusWork
{
    public static async Task<Func<Task<WorkResult>>> PrepareAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var product = new Product(order);
        var (table, fingerprints) = (product.Get<JobFactory>().Create(SyncJob.Contacts).Table, product.Get<Fingerprints>());
        var session =
            await product.Get<JobStores>().Of(SyncJob.Contacts).TryOpenAsync(cancellationToken)
            ?? throw new InvalidOperationException("The table is in use.");
        var owed = new List<OwedText>();
        await foreach (
            var portion in new WindowReader(product.Get<Bitrix24Client>(), table).ReadAsync(
                product.Settings.Sync.StartDate,
                0,
                cancellationToken
            )
        )
        {
            owed.AddRange(
                portion.Cards.Select(card => new OwedText(
                    new StatusText(card.Id, card.ContentHash, StatusLine.Success),
                    new LedgerEntry
                    {
                        Id = card.Id,
                        Outcome = RecordOutcome.Delivered,
                        StatusHash = fingerprints.Of(StatusLine.Hash(StatusLine.Success)),
                        StatusOwed = true,
                    }
                ))
            );
        }

        await session.CommitAsync(owed.ConvertAll(one => new LedgerChange(one.Entry)), null);
        return async () =>
        {
            using var lifetime = new RunLifetime(TimeSpan.FromHours(1), TimeProvider.System, session.Lost, cancellationToken);
            var writeBack = new WriteBackStage(
                new StatusWriter(product.Get<Bitrix24Client>(), table),
                session,
                fingerprints,
                new RunTally(SyncJob.Contacts, null),
                TimeProvider.System,
                lifetime
            );
            writeBack.Add(owed);
            await writeBack.CompleteAsync();
            var failures = session
                .Pending.Where(entry => entry.Code is not null)
                .Select(entry => long.Parse(entry.Id, CultureInfo.InvariantCulture))
                .ToList();
            await session.DisposeAsync();
            await product.DisposeAsync();
            return new WorkResult
            {
                Records = owed.Count,
                Failures = failures,
                Outcome = lifetime.Stop.IsCancellationRequested ? "stopped" : null,
            };
        };
    }
}
