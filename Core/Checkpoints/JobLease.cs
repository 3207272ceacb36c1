using System.Globalization;
using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// A job's lease: one row of its partition, so that one run has the job at a time. It is free when it has not been renewed for
/// <see cref="TimeToLive"/>, because its owner is dead; and every transaction replaces the row on the condition that nobody else has, so
/// that a stale owner can store nothing. The row carries the number of the transaction: one whose answer was lost is recognised as ours and
/// not taken for a conflict.
/// </summary>
internal sealed class JobLease(JobStore store, TimeProvider time) : IDisposable
{
    /// <summary>
    /// A lease not renewed for so long is free. Promised are 90 seconds (docs/spec.md, section 9): the rest leaves room
    /// for clocks and timers.
    /// </summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    /// <summary>After so long without a renewal nothing more is sent, also while a renewal still waits for its answer.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(50);

    public const string Owner = "Owner";
    public const string TakenAt = "TakenAt";
    private const string Number = "Commit";

    private readonly string owner = store.Owners.Next();
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly CancellationTokenSource lost = new(Timeout.InfiniteTimeSpan, time);
    private readonly CancellationTokenSource closing = new();
    private ETag etag;
    private long number;
    private DateTimeOffset takenAt;
    private long lastWrite;
    private Task renewing = Task.CompletedTask;

    /// <summary>Signalled when the lease is lost or can no longer be held: nothing more may be sent.</summary>
    public CancellationToken Lost => lost.Token;

    private string CommitName => string.Create(CultureInfo.InvariantCulture, $"{owner}:{number}");

    /// <summary>Whether a run has the lease. Both times are the storage's own: no two machines' clocks are compared.</summary>
    /// <param name="row">The row as stored.</param>
    /// <param name="now">The storage's clock when it was read.</param>
    public static bool IsHeld(TableEntity row, DateTimeOffset now) => row.ContainsKey(Owner) && now - row.Timestamp < TimeToLive;

    /// <summary>
    /// Takes a lease that is not held, on the condition that its row is still the one that was read, and keeps it;
    /// <see langword="false"/> when another run was faster.
    /// </summary>
    public async Task<bool> TryTakeAsync(TableEntity? free, CancellationToken cancellationToken)
    {
        takenAt = time.GetUtcNow();
        var begun = time.GetTimestamp();
        var row = Row(held: true);
        var written = free is null
            ? await store.Table.AddAsync(row, cancellationToken)
            : await store.Table.ReplaceAsync(row, free.ETag, cancellationToken);
        etag = written.ETag;
        if (written.Conflict is { } conflict)
        {
            var stored = await store.ReadLeaseAsync(cancellationToken) ?? throw StorageErrors.Unavailable(conflict);
            if (EntityCodec.Text(stored, Number) != CommitName)
            {
                return false;
            }

            etag = stored.ETag;
        }

        Written(begun);
        renewing = RenewAsync();
        return true;
    }

    /// <summary>Carries the actions out in one transaction, on the condition that the lease is still ours.</summary>
    /// <exception cref="LeaseLostException">It is not; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; it may have been stored all the same.</exception>
    public async Task SubmitAsync(IReadOnlyCollection<TableTransactionAction> actions)
    {
        await gate.WaitAsync();
        try
        {
            await SubmitAsync(actions, held: true);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Carries the actions out and gives the lease back, in one transaction.</summary>
    /// <inheritdoc cref="SubmitAsync(IReadOnlyCollection{TableTransactionAction})"/>
    public async Task ReleaseAsync(IReadOnlyCollection<TableTransactionAction> actions)
    {
        closing.Cancel();
        await renewing;
        await SubmitAsync(actions, held: false);
    }

    public void Dispose()
    {
        closing.Cancel();
        gate.Dispose();
        lost.Dispose();
        closing.Dispose();
    }

    private async Task SubmitAsync(IReadOnlyCollection<TableTransactionAction> actions, bool held)
    {
        number++;
        var begun = time.GetTimestamp();
        List<TableTransactionAction> all = [new(TableTransactionActionType.UpdateReplace, Row(held), etag), .. actions];
        await SubmitAsync(all, mayBeStale: true);
        Written(begun);
    }

    // Counted from when the write began, because the storage may have dated the row hardly later than that.
    private void Written(long begun)
    {
        lastWrite = begun;
        var left = LostAfter - time.GetElapsedTime(begun);
        lost.CancelAfter(
            closing.IsCancellationRequested ? Timeout.InfiniteTimeSpan
            : left > TimeSpan.Zero ? left
            : TimeSpan.Zero
        );
    }

    private async Task SubmitAsync(List<TableTransactionAction> actions, bool mayBeStale)
    {
        var written = await store.Table.SubmitAsync(actions);
        if (written.Conflict is not { } conflict)
        {
            etag = written.ETag;
            return;
        }

        // Without the row somebody has removed it, or the whole table: no run does, and what is stored is not known any more.
        var stored = await store.ReadLeaseAsync(CancellationToken.None) ?? throw StorageErrors.Unavailable(conflict);
        if (EntityCodec.Text(stored, Number) == CommitName)
        {
            etag = stored.ETag; // only the answer was lost
        }
        else if (EntityCodec.Text(stored, Owner) != owner)
        {
            throw new LeaseLostException();
        }
        else if (mayBeStale && stored.ETag != etag)
        {
            // A renewal before this one was carried out without an answer.
            etag = stored.ETag;
            actions[0] = new TableTransactionAction(TableTransactionActionType.UpdateReplace, actions[0].Entity, etag);
            await SubmitAsync(actions, mayBeStale: false);
        }
        else
        {
            throw StorageErrors.Unavailable(conflict); // another row is not as this run left it
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, time, closing.Token);
                await gate.WaitAsync(CancellationToken.None);
                try
                {
                    if (time.GetElapsedTime(lastWrite) >= RenewEvery)
                    {
                        await SubmitAsync([], held: true);
                    }
                }
                catch (UnavailableException) when (time.GetElapsedTime(lastWrite) < TimeToLive - RenewEvery)
                {
                    // There is time for another try before the lease runs out.
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
        catch (Exception error) when (error is LeaseLostException or UnavailableException)
        {
            lost.Cancel();
        }
    }

    private TableEntity Row(bool held)
    {
        var row = new TableEntity(store.Job, EntityCodec.LeaseKey) { [Number] = CommitName };
        if (held)
        {
            row[Owner] = owner;
            row[TakenAt] = takenAt;
        }

        return row;
    }
}
