using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Contacts;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>Reads all changed contacts as a run does, and drops them.</summary>
internal static class ReadWork
{
    public static async Task<WorkResult> RunAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        await using var product = new Product(order);
        var reader = new CardReader(product.Get<Bitrix24Client>(), ContactSync.Table(product.Settings.Contact, product.Settings.Sync));
        var seen = new HashSet<string>();
        var (last, inOrder) = (DateTimeOffset.MinValue, true);
        await foreach (var page in reader.ReadAsync(product.Settings.Sync.StartDate, 0, cancellationToken))
        {
            foreach (var card in page)
            {
                inOrder &= seen.Add(card.Id) && card.Modified >= last;
                last = card.Modified;
            }
        }

        return new WorkResult { Records = seen.Count, InOrder = inOrder };
    }
}
