using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>Everything stored of a job, as it is now; see <see cref="JobStore.InspectAsync"/>.</summary>
/// <param name="State">How far it has come; <see langword="null"/> when it has never run.</param>
/// <param name="Entries">The ledger.</param>
/// <param name="LockedSince">Since when a run holds the lock; <see langword="null"/> when none does.</param>
public sealed record JobSnapshot(JobState? State, IReadOnlyList<LedgerEntry> Entries, DateTimeOffset? LockedSince);

/// <summary>
/// A job's partition in Table Storage: lock, state and ledger. All writes go through a <see cref="JobLease"/>.
/// </summary>
internal sealed class JobStore(TableClient table, string job, TimeProvider time)
{
    /// <summary>So many single reads are cheaper than reading the whole partition, a thousand entities a call.</summary>
    private const int MostPointReads = 20;

    public string Job => job;

    public TableClient Table => table;

    /// <summary>Takes the job's lock and reads state and pending entries; <see langword="null"/> when another run holds the lock.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public Task<JobLease?> TryOpenAsync(CancellationToken cancellationToken) => StorageErrors.GuardAsync(async () =>
    {
        var start = await ReadStartAsync(createsTable: true, cancellationToken);
        if (start.IsLocked && Mechanism.Lock.IsOn())
        {
            return null;
        }

        var held = new JobLock(this, time);
        if (await held.TryTakeAsync(start.Lock, cancellationToken))
        {
            return new JobLease(this, held, start.State ?? new JobState(), start.Pending);
        }

        held.Dispose();
        return null;
    });

    /// <summary>Reads everything without taking the lock.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public Task<JobSnapshot> InspectAsync(CancellationToken cancellationToken) => StorageErrors.GuardAsync(async () =>
    {
        var start = await ReadStartAsync(createsTable: false, cancellationToken);
        var settled = await ReadSettledAsync(cancellationToken);
        return new JobSnapshot(
            start.State,
            [.. Latest([.. settled, .. start.Pending])],
            start.IsLocked ? start.Lock?.GetDateTimeOffset(JobLock.TakenAt) : null);
    });

    /// <summary>Reads how far the job has come, without taking the lock; <see langword="null"/> when it has never run.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public Task<JobState?> ReadStateAsync(CancellationToken cancellationToken) => StorageErrors.GuardAsync(async () =>
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(job, EntityCodec.StateKey, cancellationToken: cancellationToken);
        return found.HasValue ? EntityCodec.ReadState(found.Value!) : null;
    });

    /// <summary>Reads single entries of this job without its lock, for another job.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public Task<IReadOnlyDictionary<string, LedgerEntry>> PeekAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        StorageErrors.GuardAsync<IReadOnlyDictionary<string, LedgerEntry>>(async () =>
        {
            if (ids.Count > MostPointReads)
            {
                var start = await ReadStartAsync(createsTable: false, cancellationToken);
                var settled = await ReadSettledAsync(cancellationToken);
                return Latest([.. settled, .. start.Pending]).ToDictionary(entry => entry.Id);
            }

            string[] prefixes = [EntityCodec.SettledPrefix, EntityCodec.PendingPrefix];
            var keys = ids.Distinct().SelectMany(id => prefixes.Select(prefix => prefix + id));
            return Latest(await ReadAsync(keys, cancellationToken)).ToDictionary(entry => entry.Id);
        });

    /// <summary>Reads these settled entries, each by a call of its own.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> ReadSettledAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        await ReadAsync(ids.Select(id => EntityCodec.SettledPrefix + id), cancellationToken);

    /// <summary>Reads all settled entries, a thousand in a call.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> ReadSettledAsync(CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        try
        {
            await foreach (var entity in table.QueryAsync<TableEntity>($"PartitionKey eq '{job}' and RowKey ge 'r' and RowKey lt 's'", cancellationToken: cancellationToken))
            {
                entries.Add(EntityCodec.ReadEntry(entity));
            }
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            // The table does not exist yet.
        }

        return entries;
    }

    /// <summary>The lock as it is stored now.</summary>
    internal async Task<TableEntity?> ReadLockAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(job, EntityCodec.LockKey, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    // Without the lock the two ranges are not read at one moment: a run that settles an entry in between shows it in both.
    private static IEnumerable<LedgerEntry> Latest(IEnumerable<LedgerEntry> settledFirst) => settledFirst.DistinctBy(entry => entry.Id);

    private async Task<LedgerEntry[]> ReadAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var reads = await Task.WhenAll(keys.Select(key => table.GetEntityIfExistsAsync<TableEntity>(job, key, cancellationToken: cancellationToken)));
        return [.. reads.Where(read => read.HasValue).Select(read => EntityCodec.ReadEntry(read.Value!))];
    }

    private async Task<StartRange> ReadStartAsync(bool createsTable, CancellationToken cancellationToken)
    {
        var start = new StartRange();
        try
        {
            var pages = table.QueryAsync<TableEntity>($"PartitionKey eq '{job}' and RowKey lt '{EntityCodec.StartRangeEnd}'", cancellationToken: cancellationToken).AsPages();
            await foreach (var page in pages)
            {
                foreach (var entity in page.Values)
                {
                    start.Add(entity, page.GetRawResponse().Headers.Date ?? time.GetUtcNow());
                }
            }
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            // Who only looks leaves no table behind.
            if (createsTable)
            {
                await table.CreateIfNotExistsAsync(cancellationToken);
            }
        }

        return start;
    }

    private sealed class StartRange
    {
        public TableEntity? Lock { get; private set; }

        public JobState? State { get; private set; }

        public List<LedgerEntry> Pending { get; } = [];

        public bool IsLocked { get; private set; }

        public void Add(TableEntity entity, DateTimeOffset serverTime)
        {
            switch (entity.RowKey)
            {
                case EntityCodec.LockKey:
                    Lock = entity;
                    // Both times are the storage's own: no two machines' clocks are compared.
                    IsLocked = entity.GetString(JobLock.Owner) is not null && serverTime - entity.Timestamp < JobLock.TimeToLive;
                    break;
                case EntityCodec.StateKey:
                    State = EntityCodec.ReadState(entity);
                    break;
                default:
                    Pending.Add(EntityCodec.ReadEntry(entity));
                    break;
            }
        }
    }
}
