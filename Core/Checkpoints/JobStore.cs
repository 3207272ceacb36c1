using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>Everything stored of a job, as it is now; see <see cref="JobStore.InspectAsync"/>.</summary>
/// <param name="State">How far it has come; <see langword="null"/> when it has never run.</param>
/// <param name="Entries">The ledger.</param>
/// <param name="LockedSince">Since when a run holds the lease; <see langword="null"/> when none does.</param>
public sealed record JobSnapshot(JobState? State, IReadOnlyList<LedgerEntry> Entries, DateTimeOffset? LockedSince);

/// <summary>
/// A job's partition in Table Storage: lease, state and ledger. All writes go through a <see cref="LedgerSession"/>. Entries are given
/// with keyed fingerprints, whichever version stored them.
/// </summary>
internal sealed class JobStore(TableClient table, string job, Fingerprints fingerprints, OwnerNames owners, TimeProvider time)
{
    /// <summary>So many single reads are cheaper than reading the whole partition, a thousand entities a call.</summary>
    private const int MostPointReads = 20;

    public string Job => job;

    public StorageTable Table { get; } = new(table);

    public Fingerprints Fingerprints => fingerprints;

    public OwnerNames Owners => owners;

    /// <summary>
    /// Takes the job's lease and reads state and pending entries; <see langword="null"/> when another run holds the lease.
    /// </summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<LedgerSession?> TryOpenAsync(CancellationToken cancellationToken)
    {
        var start = await ReadStartAsync(() => Table.CreateAsync(cancellationToken), cancellationToken);
        if (start.IsHeld)
        {
            return null;
        }

        return await JobLease.TryTakeAsync(this, start.Lease, time, cancellationToken) is { } lease
            ? new LedgerSession(this, lease, start.State ?? new JobState(), start.Pending)
            : null;
    }

    /// <summary>Reads everything without taking the lease.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<JobSnapshot> InspectAsync(CancellationToken cancellationToken)
    {
        var start = await ReadStartAsync(NothingStored, cancellationToken);
        var settled = await UnlessMissingAsync(() => ReadSettledAsync(cancellationToken), []);
        return new JobSnapshot(
            start.State,
            [.. Latest([.. settled, .. start.Pending])],
            start.IsHeld ? EntityCodec.TakenAt(start.Lease!) : null
        );
    }

    /// <summary>Reads how far the job has come, without taking the lease; <see langword="null"/> when it has never run.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<JobState?> ReadStateAsync(CancellationToken cancellationToken) =>
        await UnlessMissingAsync(() => Table.FindAsync(job, EntityCodec.StateKey, cancellationToken), null) is { } found
            ? EntityCodec.ReadState(found)
            : null;

    /// <summary>Reads single entries of this job without its lease, for another job.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<IReadOnlyDictionary<string, LedgerEntry>> PeekAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count > MostPointReads)
        {
            return (await InspectAsync(cancellationToken)).Entries.ToDictionary(entry => entry.Id);
        }

        string[] prefixes = [EntityCodec.SettledPrefix, EntityCodec.PendingPrefix];
        var keys = ids.Where(EntityCodec.IsId).Distinct().SelectMany(id => prefixes.Select(prefix => prefix + id));
        return Latest(await UnlessMissingAsync(() => ReadAsync(keys, cancellationToken), [])).ToDictionary(entry => entry.Id);
    }

    /// <summary>Reads these settled entries as they are stored, each by a call of its own.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> ReadSettledAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        await ReadAsync(ids.Select(id => EntityCodec.SettledPrefix + id), cancellationToken);

    /// <summary>Reads all settled entries as they are stored, a thousand in a call.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> ReadSettledAsync(CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        await Table.ReadAsync(
            job,
            EntityCodec.SettledRange,
            (row, _) => entries.AddRange(EntityCodec.TryReadEntry(row)),
            cancellationToken
        );
        return entries;
    }

    /// <summary>The lease as it is stored now; <see langword="null"/> when somebody has removed its row.</summary>
    internal Task<TableEntity?> ReadLeaseAsync(CancellationToken cancellationToken) =>
        Table.FindAsync(job, EntityCodec.LeaseKey, cancellationToken);

    // Without the lease the two ranges are not read at one moment: a run that settles an entry in between shows it in both.
    private IEnumerable<LedgerEntry> Latest(IEnumerable<LedgerEntry> settledFirst) =>
        settledFirst.DistinctBy(entry => entry.Id).Select(fingerprints.Of);

    // Who only looks leaves no table behind, and finds nothing in one that is not there.
    private static Task NothingStored() => Task.CompletedTask;

    private static async Task<T> UnlessMissingAsync<T>(Func<Task<T>> read, T nothing)
    {
        try
        {
            return await read();
        }
        catch (TableMissingException)
        {
            return nothing;
        }
    }

    private async Task<IReadOnlyList<LedgerEntry>> ReadAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(keys.Select(key => Table.FindAsync(job, key, cancellationToken)));
        return [.. rows.OfType<TableEntity>().SelectMany(EntityCodec.TryReadEntry)];
    }

    private async Task<StartRange> ReadStartAsync(Func<Task> whenMissing, CancellationToken cancellationToken)
    {
        var start = new StartRange();
        try
        {
            await Table.ReadAsync(
                job,
                $"RowKey lt '{EntityCodec.StartRangeEnd}'",
                (row, now) => start.Add(row, now ?? time.GetUtcNow()),
                cancellationToken
            );
        }
        catch (TableMissingException)
        {
            await whenMissing();
        }

        return start;
    }

    private sealed class StartRange
    {
        public TableEntity? Lease { get; private set; }

        public JobState? State { get; private set; }

        public List<LedgerEntry> Pending { get; } = [];

        public bool IsHeld { get; private set; }

        public void Add(TableEntity row, DateTimeOffset now)
        {
            switch (row.RowKey)
            {
                case EntityCodec.LeaseKey:
                    Lease = row;
                    IsHeld = LeaseRow.IsHeld(row, now);
                    break;
                case EntityCodec.StateKey:
                    State = EntityCodec.ReadState(row);
                    break;
                default:
                    Pending.AddRange(EntityCodec.TryReadEntry(row));
                    break;
            }
        }
    }
}
