using System.Globalization;
using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// A job's lock, held, and the only way to write to its partition. Each write is one entity group transaction that also
/// replaces the lock's row on the condition that nobody else has: a stale owner can store nothing. The row carries the
/// number of the transaction, so that one whose answer was lost is recognised as ours and not taken for a conflict.
/// </summary>
internal sealed class JobLease(JobStore store, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A lock not renewed for so long is free: its owner is dead.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    /// <summary>A transaction takes 100 operations; two are the lock's and the state's.</summary>
    private const int MostOperations = 98;

    internal const string Owner = "Owner";
    internal const string TakenAt = "TakenAt";
    private const string Number = "Commit";

    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<string, LedgerEntry> pending = [];
    private readonly Dictionary<string, LedgerEntry?> settled = [];
    private bool knowsAllSettled;
    private ETag etag;
    private long number;
    private DateTimeOffset takenAt;
    private long lastWrite;
    private Task renewing = Task.CompletedTask;
    private bool closed;
    private bool broken;

    /// <summary>The state as last stored.</summary>
    public JobState State { get; private set; } = new();

    /// <summary>Entries that runs still owe something, as last stored.</summary>
    public IReadOnlyCollection<LedgerEntry> Pending => pending.Values;

    /// <summary>Signalled when the lock is lost or can no longer be held: nothing more may be sent.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>The entries of these records; those never handled are missing.</summary>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<IReadOnlyDictionary<string, LedgerEntry>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var unknown = knowsAllSettled ? [] : ids.Where(id => !pending.ContainsKey(id) && !settled.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            var (entries, isAll) = await StorageErrors.GuardAsync(() => store.ReadSettledAsync(unknown, cancellationToken));
            knowsAllSettled = isAll;
            foreach (var id in isAll ? [] : unknown)
            {
                settled[id] = null;
            }

            foreach (var entry in entries)
            {
                // What this run has stored meanwhile is newer.
                if (!pending.ContainsKey(entry.Id) && settled.GetValueOrDefault(entry.Id) is null)
                {
                    settled[entry.Id] = entry;
                }
            }
        }

        var found = new Dictionary<string, LedgerEntry>();
        foreach (var id in ids)
        {
            if ((pending.GetValueOrDefault(id) ?? settled.GetValueOrDefault(id)) is { } entry)
            {
                found[id] = entry;
            }
        }

        return found;
    }

    /// <summary>
    /// Stores outcomes and, when given, the state. One call is one transaction as long as it has at most 49 entries; with
    /// more, the state is stored with the last of them. A crash before a transaction leaves nothing of it, after it all.
    /// Entries must have been read by <see cref="ReadAsync"/> or be among <see cref="Pending"/>.
    /// </summary>
    /// <exception cref="LockLostException">Another run has the lock; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; it may have been stored all the same.</exception>
    public async Task CommitAsync(IReadOnlyCollection<LedgerEntry> entries, JobState? state)
    {
        await gate.WaitAsync();
        try
        {
            var actions = new List<TableTransactionAction>();
            var stored = new List<LedgerEntry>();
            foreach (var entry in entries)
            {
                var own = ActionsFor(entry).ToList();
                if (actions.Count + own.Count > MostOperations)
                {
                    await SubmitAsync(actions, stored, null, release: false);
                    actions.Clear();
                    stored.Clear();
                }

                actions.AddRange(own);
                stored.Add(entry);
            }

            if (actions.Count > 0 || state is not null)
            {
                await SubmitAsync(actions, stored, state, release: false);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stores the state and gives the lock back, in one transaction.</summary>
    /// <exception cref="LockLostException">Another run has the lock; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; the lock frees itself.</exception>
    public async Task CloseAsync(JobState state)
    {
        await StopRenewingAsync();
        await SubmitAsync([], [], broken ? null : state, release: true);
        closed = true;
    }

    /// <summary>Gives the lock back if that has not been done; a failure is left to the lock's time to live.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!closed)
        {
            try
            {
                await StopRenewingAsync();
                await SubmitAsync([], [], null, release: true);
            }
            catch (Exception error) when (error is LockLostException or UnavailableException or RequestFailedException)
            {
                // It frees itself.
            }
        }

        gate.Dispose();
        lost.Dispose();
        closing.Dispose();
    }

    /// <summary>Takes the lock on the condition that its row is still the one that was read.</summary>
    internal async Task<bool> TryTakeAsync(TableEntity? free, JobState state, IEnumerable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        takenAt = time.GetUtcNow();
        var row = LockRow(held: true);
        try
        {
            var response = free is null
                ? await store.Table.AddEntityAsync(row, cancellationToken)
                : await store.Table.UpdateEntityAsync(row, free.ETag, TableUpdateMode.Replace, cancellationToken);
            etag = response.Headers.ETag ?? throw new InvalidOperationException("The storage gave no ETag.");
        }
        catch (RequestFailedException error) when (StorageErrors.IsConflict(error))
        {
            var stored = await store.ReadLockAsync(cancellationToken);
            if (stored?.GetString(Number) != CommitName)
            {
                closed = true;
                await DisposeAsync();
                return false;
            }

            etag = stored.ETag;
        }

        State = state;
        foreach (var entry in entries)
        {
            pending[entry.Id] = entry;
        }

        lastWrite = time.GetTimestamp();
        renewing = RenewAsync();
        return true;
    }

    private IEnumerable<TableTransactionAction> ActionsFor(LedgerEntry entry)
    {
        var wasPending = pending.ContainsKey(entry.Id);
        var wasSettled = settled.GetValueOrDefault(entry.Id) is not null;
        if (wasPending && !entry.IsPending)
        {
            yield return Delete(EntityCodec.PendingPrefix + entry.Id);
        }

        if (wasSettled && entry.IsPending)
        {
            yield return Delete(EntityCodec.SettledPrefix + entry.Id);
        }

        yield return new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityCodec.Write(store.Job, entry));

        TableTransactionAction Delete(string key) => new(TableTransactionActionType.Delete, new TableEntity(store.Job, key), ETag.All);
    }

    private async Task SubmitAsync(List<TableTransactionAction> actions, List<LedgerEntry> entries, JobState? state, bool release)
    {
        if (broken && !release)
        {
            throw new UnavailableException("storage", UnavailableException.Connection);
        }

        number++;
        List<TableTransactionAction> all = [new(TableTransactionActionType.UpdateReplace, LockRow(!release), etag), .. actions];
        if (state is not null)
        {
            all.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, EntityCodec.Write(store.Job, state)));
        }

        try
        {
            await StorageErrors.GuardAsync(() => SubmitAsync(all, mayBeStale: true));
        }
        catch (UnavailableException) when (entries.Count > 0 || state is not null)
        {
            broken = true; // what is stored is not known any more
            throw;
        }

        lastWrite = time.GetTimestamp();
        State = state ?? State;
        foreach (var entry in entries)
        {
            pending.Remove(entry.Id);
            settled.Remove(entry.Id);
            if (entry.IsPending)
            {
                pending[entry.Id] = entry;
            }
            else
            {
                settled[entry.Id] = entry;
            }
        }
    }

    private async Task<bool> SubmitAsync(List<TableTransactionAction> actions, bool mayBeStale)
    {
        try
        {
            var response = await store.Table.SubmitTransactionAsync(actions);
            etag = response.Value[0].Headers.ETag ?? throw new InvalidOperationException("The storage gave no ETag.");
        }
        catch (RequestFailedException error) when (StorageErrors.IsConflict(error))
        {
            var stored = await store.ReadLockAsync(CancellationToken.None);
            var isOurs = stored?.GetString(Owner) == owner;
            if (stored?.GetString(Number) == CommitName)
            {
                etag = stored.ETag; // only the answer was lost
            }
            else if (isOurs && mayBeStale && stored!.ETag != etag)
            {
                // A renewal before this one was carried out without an answer.
                etag = stored.ETag;
                actions[0] = new TableTransactionAction(TableTransactionActionType.UpdateReplace, actions[0].Entity, etag);
                await SubmitAsync(actions, mayBeStale: false);
            }
            else if (isOurs)
            {
                throw;
            }
            else
            {
                throw new LockLostException();
            }
        }

        return true;
    }

    private string CommitName => string.Create(CultureInfo.InvariantCulture, $"{owner}:{number}");

    private TableEntity LockRow(bool held)
    {
        var row = new TableEntity(store.Job, EntityCodec.LockKey) { [Number] = CommitName };
        if (held)
        {
            row[Owner] = owner;
            row[TakenAt] = takenAt;
        }

        return row;
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, time, closing.Token);
                await gate.WaitAsync(closing.Token);
                try
                {
                    if (time.GetElapsedTime(lastWrite) >= RenewEvery)
                    {
                        await SubmitAsync([], [], null, release: false);
                    }
                }
                catch (UnavailableException) when (time.GetElapsedTime(lastWrite) < TimeToLive - RenewEvery)
                {
                    // There is time for another try before the lock runs out.
                }
                finally
                {
                    gate.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
        catch (Exception error) when (error is LockLostException or UnavailableException or RequestFailedException)
        {
            lost.Cancel();
        }
    }

    private async Task StopRenewingAsync()
    {
        closing.Cancel();
        await renewing;
    }
}
