using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Sync;

/// <summary>Deliver: sends the records of a chunk side by side.</summary>
/// <param name="job">How a record is sent.</param>
/// <param name="concurrency">How many are sent at the same time.</param>
/// <param name="lifetime">When nothing more may be begun, and when what is under way is broken off.</param>
internal sealed class DeliverStage(JobDefinition job, int concurrency, RunLifetime lifetime)
{
    /// <summary>
    /// So many records make a chunk: each chunk is stored in one transaction, while the next one is sent. So a killed process leaves at
    /// most two chunks to be searched again. A portion that is read is two of them.
    /// </summary>
    public const int ChunkSize = ReadStage.RecordsAtOnce / 2;

    /// <summary>
    /// Sends those of the records that are to be sent, and waits for all. Each then has its delivery, or its failure.
    /// </summary>
    /// <returns>The records that were begun: all, or those before the first that could not be begun any more.</returns>
    public async Task<IReadOnlyList<SyncItem>> DeliverAsync(IReadOnlyList<SyncItem> chunk)
    {
        using var places = new SemaphoreSlim(concurrency);
        var sending = new List<Task>();
        var begun = 0;
        foreach (var item in chunk)
        {
            if (item.Action == SyncAction.Send)
            {
                await places.WaitAsync(CancellationToken.None); // a place always becomes free: what is under way ends, or is broken off
            }

            if (lifetime.Stop.IsCancellationRequested || chunk.Take(begun).Any(earlier => earlier.Failure is not null))
            {
                break;
            }

            begun++;
            if (item.Action == SyncAction.Send)
            {
                sending.Add(SendAsync(item, places));
            }
        }

        await Task.WhenAll(sending);
        return [.. chunk.Take(begun)];
    }

    private async Task SendAsync(SyncItem item, SemaphoreSlim places)
    {
        try
        {
            item.Delivery = await job.DeliverAsync((MappingResult.Ready)item.Mapping!, item.Entry?.DeliveredAt is not null, lifetime.Abort);
        }
        catch (Exception error) when (error is UnavailableException or OperationCanceledException)
        {
            item.Failure = error;
        }
        finally
        {
            places.Release();
        }
    }
}
