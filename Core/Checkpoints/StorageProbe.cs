using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// Tries the storage out in a table of its own, which it takes away again: the jobs' table is not touched, so that a run
/// under way is not disturbed.
/// </summary>
/// <param name="connect">Gives the client of a table by its name; no request is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class StorageProbe(Func<string, TableClient> connect, TimeProvider time)
{
    private const string Prefix = "B24Probe";

    /// <summary>
    /// Creates a table, takes a lease in it, is refused it a second time, gives it back, takes it again, and deletes the table.
    /// </summary>
    /// <returns>What did not work; <see langword="null"/> when all did.</returns>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<StorageProbeFault?> RunAsync(CancellationToken cancellationToken)
    {
        // It stores no entries, so no key is needed.
        var store = new JobStore(
            connect(Prefix + Guid.NewGuid().ToString("N")),
            "PROBE",
            Fingerprints.KeyedBy(Prefix),
            OwnerNames.Random,
            time
        );
        try
        {
            return await TryLockAsync(store, cancellationToken);
        }
        finally
        {
            await DeleteAsync(store.Table);
        }
    }

    private static async Task<StorageProbeFault?> TryLockAsync(JobStore store, CancellationToken cancellationToken)
    {
        await using (var lease = await store.TryOpenAsync(cancellationToken))
        {
            if (lease is null)
            {
                return StorageProbeFault.NotTaken;
            }

            await using var second = await store.TryOpenAsync(cancellationToken);
            if (second is not null)
            {
                return StorageProbeFault.Shared;
            }
        }

        await using var again = await store.TryOpenAsync(cancellationToken);
        return again is null ? StorageProbeFault.NotAgain : null;
    }

    private static async Task DeleteAsync(StorageTable table)
    {
        try
        {
            await table.DeleteAsync();
        }
        catch (UnavailableException)
        {
            // Where it could not be created, or the storage has gone away meanwhile.
        }
    }
}

/// <summary>What does not work about the lease.</summary>
internal enum StorageProbeFault
{
    /// <summary>A free one could not be taken.</summary>
    NotTaken,

    /// <summary>Two held the same one.</summary>
    Shared,

    /// <summary>One that was given back could not be taken again.</summary>
    NotAgain,
}
