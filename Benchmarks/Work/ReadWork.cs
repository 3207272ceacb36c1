using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>Reads all changed contacts as a run does, and drops them.</summary>
internal static class ReadWork
{
    public static async Task<WorkResult> RunAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        await using var product = new Product(order);
        var reader = new WindowReader(product.Get<Bitrix24Client>(), product.Get<JobFactory>().Create(SyncJob.Contacts).Table);
        var seen = new HashSet<string>();
        var (last, inOrder) = (DateTimeOffset.MinValue, true);
        await foreach (var portion in reader.ReadAsync(product.Settings.Sync.StartDate, 0, cancellationToken))
        {
            foreach (var card in portion.Cards)
            {
                inOrder &= seen.Add(card.Id) && card.Modified >= last;
                last = card.Modified;
            }
        }

        return new WorkResult { Records = seen.Count, InOrder = inOrder };
    }
}
