using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// A job's partition while its lock is held: the state, the ledger, and the only way to write to them. Each write is one
/// entity group transaction under the lock, see <see cref="JobLease"/>.
/// </summary>
internal sealed class LedgerSession(JobStore store, JobLease held, JobState state, IReadOnlyCollection<LedgerEntry> entries)
    : IAsyncDisposable
{
    /// <summary>A transaction takes 100 operations; two are the lock's and the state's.</summary>
    private const int MostOperations = 98;

    /// <summary>Where a run needs more entries than this for each thousand there are, it reads them all: a call gives a thousand.</summary>
    private const int SingleReadsPerThousand = 20;

    // Read by the reading, changed by the storing, which run side by side.
    private readonly Lock known = new();
    private readonly Dictionary<string, LedgerEntry> pending = entries
        .DistinctBy(entry => entry.Id)
        .ToDictionary(entry => entry.Id, store.Fingerprints.Of);
    private readonly Dictionary<string, LedgerEntry?> settled = [];
    private readonly HashSet<string> unkeyed = [.. entries.Where(entry => !Fingerprints.IsKeyed(entry)).Select(entry => entry.Id)];
    private readonly SemaphoreSlim gate = new(1, 1);
    private bool knowsAllSettled;
    private int singleReads;
    private bool closed;
    private bool broken;

    /// <summary>The state as last stored.</summary>
    public JobState State { get; private set; } = state;

    /// <summary>Whether what is stored is known. After a write without an answer it is not, until the next run reads it.</summary>
    public bool IsKnown => !broken;

    /// <summary>Entries that runs still owe something, as last stored.</summary>
    public IReadOnlyCollection<LedgerEntry> Pending
    {
        get
        {
            lock (known)
            {
                return [.. pending.Values];
            }
        }
    }

    /// <summary>Whether the record's status has not been written yet, as last stored.</summary>
    public bool OwesStatus(string id)
    {
        lock (known)
        {
            return pending.GetValueOrDefault(id)?.StatusOwed == true;
        }
    }

    /// <summary>Whether a version before this one stored the record's entry, with fingerprints that are not keyed.</summary>
    public bool IsUnkeyed(string id)
    {
        lock (known)
        {
            return unkeyed.Contains(id);
        }
    }

    /// <inheritdoc cref="JobLease.Lost"/>
    public CancellationToken Lost => held.Lost;

    /// <summary>The entries of these records; those never handled are missing.</summary>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<IReadOnlyDictionary<string, LedgerEntry>> ReadAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        var unknown = UnknownOf(ids);
        if (unknown.Length > 0)
        {
            singleReads += unknown.Length;
            var isAll = singleReads > SingleReadsPerThousand * (1 + (State.Delivered / 1000));
            Learn(
                unknown,
                await (isAll ? store.ReadSettledAsync(cancellationToken) : store.ReadSettledAsync(unknown, cancellationToken)),
                isAll
            );
        }

        lock (known)
        {
            return ids.Distinct()
                .Select(id => pending.GetValueOrDefault(id) ?? settled.GetValueOrDefault(id))
                .OfType<LedgerEntry>()
                .ToDictionary(entry => entry.Id);
        }
    }

    /// <summary>All entries of the job.</summary>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (!knowsAllSettled)
        {
            Learn([], await store.ReadSettledAsync(cancellationToken), isAll: true);
        }

        lock (known)
        {
            return [.. pending.Values, .. settled.Values.OfType<LedgerEntry>()];
        }
    }

    /// <summary>
    /// Stores outcomes and, when given, the state. One call is one transaction as long as it has at most 49 entries; with
    /// more, the state is stored with the last of them. A crash before a transaction leaves nothing of it, after it all.
    /// Records must have been read by <see cref="ReadAsync"/> or be among <see cref="Pending"/>.
    /// </summary>
    /// <exception cref="LeaseLostException">Another run has the lock; nothing was stored.</exception>
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

    /// <summary>Stores the state and gives the lock back, in one transaction.</summary>
    /// <exception cref="LeaseLostException">Another run has the lock; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; the lock frees itself.</exception>
    public async Task CloseAsync(JobState next)
    {
        closed = true;
        if (broken)
        {
            await held.ReleaseAsync([]);
            return;
        }

        try
        {
            await held.ReleaseAsync([WriteState(next)]);
        }
        catch (UnavailableException)
        {
            broken = true;
            throw;
        }

        State = next;
    }

    /// <summary>Gives the lock back if that has not been done; a failure is left to the lock's time to live.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!closed)
        {
            try
            {
                await held.ReleaseAsync([]);
            }
            catch (Exception error) when (error is LeaseLostException or UnavailableException)
            {
                // It frees itself.
            }
        }

        held.Dispose();
        gate.Dispose();
    }

    private string[] UnknownOf(IReadOnlyCollection<string> ids)
    {
        lock (known)
        {
            return knowsAllSettled ? [] : [.. ids.Where(id => !pending.ContainsKey(id) && !settled.ContainsKey(id)).Distinct()];
        }
    }

    private void Learn(string[] asked, IReadOnlyList<LedgerEntry> entries, bool isAll)
    {
        lock (known)
        {
            knowsAllSettled = isAll;
            foreach (var id in isAll ? [] : asked)
            {
                settled.TryAdd(id, null);
            }

            foreach (var entry in entries)
            {
                // What this run has stored meanwhile is newer.
                if (!pending.ContainsKey(entry.Id) && settled.GetValueOrDefault(entry.Id) is null)
                {
                    settled[entry.Id] = store.Fingerprints.Of(entry);
                    if (!Fingerprints.IsKeyed(entry))
                    {
                        unkeyed.Add(entry.Id);
                    }
                }
            }
        }
    }

    private IEnumerable<TableTransactionAction> ActionsFor(LedgerChange change)
    {
        var entry = change.Entry;
        var (wasPending, wasSettled) = WasStoredAs(entry.Id);
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

    private (bool Pending, bool Settled) WasStoredAs(string id)
    {
        lock (known)
        {
            return (pending.ContainsKey(id), settled.GetValueOrDefault(id) is not null);
        }
    }

    private async Task SubmitAsync(List<TableTransactionAction> actions, List<LedgerChange> stored, JobState? next)
    {
        if (broken)
        {
            throw new UnavailableException("storage", UnavailableException.Connection);
        }

        try
        {
            await held.SubmitAsync(next is null ? actions : [.. actions, WriteState(next)]);
        }
        catch (UnavailableException)
        {
            broken = true; // what is stored is not known any more
            throw;
        }

        State = next ?? State;
        lock (known)
        {
            foreach (var (entry, forgets) in stored)
            {
                pending.Remove(entry.Id);
                settled.Remove(entry.Id);
                unkeyed.Remove(entry.Id);
                if (forgets)
                {
                    settled[entry.Id] = null;
                }
                else if (entry.IsPending)
                {
                    pending[entry.Id] = entry;
                }
                else
                {
                    settled[entry.Id] = entry;
                }
            }
        }
    }

    private TableTransactionAction WriteState(JobState next) =>
        new(TableTransactionActionType.UpsertReplace, EntityCodec.Write(store.Job, next));
}
