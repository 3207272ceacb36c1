using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// A job's partition while its lease is held: the state, the ledger, and the only way to write to them. Each write is one
/// entity group transaction under the lease, see <see cref="JobLease"/>.
/// </summary>
internal sealed class LedgerSession(JobStore store, JobLease lease, JobState state, IReadOnlyCollection<LedgerEntry> entries)
    : IAsyncDisposable
{
    /// <summary>A transaction takes 100 operations; two are the lease's and the state's.</summary>
    private const int MostOperations = 98;

    /// <summary>Where a run needs more entries than this for each thousand there are, it reads them all: a call gives a thousand.</summary>
    private const int SingleReadsPerThousand = 20;

    private readonly KnownEntries known = new(entries, store.Fingerprints);
    private readonly SemaphoreSlim gate = new(1, 1);
    private int singleReads;
    private bool closed;
    private bool broken;

    /// <summary>The state as last stored.</summary>
    public JobState State { get; private set; } = state;

    /// <summary>Whether what is stored is known. After a write without an answer it is not, until the next run reads it.</summary>
    public bool IsKnown => !broken;

    /// <summary>Entries that runs still owe something, as last stored.</summary>
    public IReadOnlyCollection<LedgerEntry> Pending => known.Pending;

    /// <summary>Whether the record's status has not been written yet, as last stored.</summary>
    public bool OwesStatus(string id) => known.OwesStatus(id);

    /// <inheritdoc cref="KnownEntries.IsUnkeyed"/>
    public bool IsUnkeyed(string id) => known.IsUnkeyed(id);

    /// <inheritdoc cref="JobLease.Lost"/>
    public CancellationToken Lost => lease.Lost;

    /// <summary>The entries of these records; those never handled are missing.</summary>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<IReadOnlyDictionary<string, LedgerEntry>> ReadAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        var unknown = known.UnknownOf(ids);
        if (unknown.Length > 0)
        {
            singleReads += unknown.Length;
            if (singleReads > SingleReadsPerThousand * (1 + (State.Delivered / 1000)))
            {
                known.Learn(await store.ReadSettledAsync(cancellationToken), null);
            }
            else
            {
                known.Learn(await store.ReadSettledAsync(unknown, cancellationToken), unknown);
            }
        }

        return known.Of(ids);
    }

    /// <summary>All entries of the job.</summary>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (!known.IsComplete)
        {
            known.Learn(await store.ReadSettledAsync(cancellationToken), null);
        }

        return known.All;
    }

    /// <summary>
    /// Stores outcomes and, when given, the state. One call is one transaction as long as it has at most 49 entries; with
    /// more, the state is stored with the last of them. A crash before a transaction leaves nothing of it, after it all.
    /// Records must have been read by <see cref="ReadAsync"/> or be among <see cref="Pending"/>.
    /// </summary>
    /// <exception cref="LeaseLostException">Another run has the lease; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; it may have been stored all the same.</exception>
    public async Task CommitAsync(IReadOnlyCollection<LedgerChange> changed, JobState? next)
    {
        await gate.WaitAsync();
        try
        {
            var actions = new List<TableTransactionAction>();
            var stored = new List<LedgerChange>();
            foreach (var change in changed)
            {
                var own = ActionsFor(change).ToList();
                if (actions.Count + own.Count > MostOperations)
                {
                    await SubmitAsync(actions, stored, null);
                    actions.Clear();
                    stored.Clear();
                }

                actions.AddRange(own);
                stored.Add(change);
            }

            if (actions.Count > 0 || next is not null)
            {
                await SubmitAsync(actions, stored, next);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// Stores the state and gives the lease back, in one transaction. Where it is not known what is stored, the lease is left to run out: a
    /// create that nobody remembers may be on its way, and with the default time limit it is over by then.
    /// </summary>
    /// <exception cref="LeaseLostException">Another run has the lease; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; the lease frees itself.</exception>
    public async Task CloseAsync(JobState next)
    {
        closed = true;
        if (broken)
        {
            await lease.AbandonAsync();
            return;
        }

        try
        {
            await lease.ReleaseAsync([WriteState(next)]);
        }
        catch (UnavailableException)
        {
            broken = true;
            throw;
        }

        State = next;
    }

    /// <summary>Gives the lease back if that has not been done; a failure is left to the lease's time to live.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!closed)
        {
            try
            {
                await (broken ? lease.AbandonAsync() : lease.ReleaseAsync([]));
            }
            catch (Exception error) when (error is LeaseLostException or UnavailableException)
            {
                // It frees itself.
            }
        }

        lease.Dispose();
        gate.Dispose();
    }

    private IEnumerable<TableTransactionAction> ActionsFor(LedgerChange change)
    {
        var entry = change.Entry;
        var (wasPending, wasSettled) = known.RowsOf(entry.Id);
        if (wasPending && (change.Forgets || !entry.IsPending))
        {
            yield return Delete(EntityCodec.PendingPrefix + entry.Id);
        }

        if (wasSettled && (change.Forgets || entry.IsPending))
        {
            yield return Delete(EntityCodec.SettledPrefix + entry.Id);
        }

        if (!change.Forgets)
        {
            yield return new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityCodec.Write(store.Job, entry));
        }

        TableTransactionAction Delete(string key) => new(TableTransactionActionType.Delete, new TableEntity(store.Job, key), ETag.All);
    }

    private async Task SubmitAsync(List<TableTransactionAction> actions, List<LedgerChange> stored, JobState? next)
    {
        if (broken)
        {
            throw new UnavailableException("storage", UnavailableException.Connection);
        }

        try
        {
            await lease.SubmitAsync(next is null ? actions : [.. actions, WriteState(next)]);
        }
        catch (UnavailableException)
        {
            broken = true; // what is stored is not known any more
            throw;
        }

        State = next ?? State;
        known.Store(stored);
    }

    private TableTransactionAction WriteState(JobState next) =>
        new(TableTransactionActionType.UpsertReplace, EntityCodec.Write(store.Job, next));
}
