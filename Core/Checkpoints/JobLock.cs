using System.Globalization;
using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// A job's lock: one row of its partition. It frees itself when it is not renewed, because its owner is dead; and every
/// transaction replaces the row on the condition that nobody else has, so that a stale owner can store nothing. The row carries
/// the number of the transaction: one whose answer was lost is recognised as ours and not taken for a conflict.
/// </summary>
internal sealed class JobLock(JobStore store, TimeProvider time) : IDisposable
{
    /// <summary>A lock not renewed for so long is free.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    public const string Owner = "Owner";
    public const string TakenAt = "TakenAt";
    private const string Number = "Commit";

    private readonly string owner = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource closing = new();
    private ETag etag;
    private long number;
    private DateTimeOffset takenAt;
    private long lastWrite;
    private Task renewing = Task.CompletedTask;

    /// <summary>Signalled when the lock is lost or can no longer be held: nothing more may be sent.</summary>
    public CancellationToken Lost => lost.Token;

    private string CommitName => string.Create(CultureInfo.InvariantCulture, $"{owner}:{number}");

    /// <summary>Takes the lock on the condition that its row is still the one that was read, and keeps it.</summary>
    public async Task<bool> TryTakeAsync(TableEntity? free, CancellationToken cancellationToken)
    {
        takenAt = time.GetUtcNow();
        var row = Row(held: true);
        try
        {
            var response = free is null
                ? await store.Table.AddEntityAsync(row, cancellationToken)
                : await store.Table.UpdateEntityAsync(row, free.ETag, TableUpdateMode.Replace, cancellationToken);
            etag = EtagOf(response);
        }
        catch (RequestFailedException error) when (StorageErrors.IsConflict(error))
        {
            var stored = await store.ReadLockAsync(cancellationToken);
            if (stored?.GetString(Number) != CommitName || !Mechanism.LostAnswers.IsOn())
            {
                return false;
            }

            etag = stored.ETag;
        }

        lastWrite = time.GetTimestamp();
        renewing = RenewAsync();
        return true;
    }

    /// <summary>Carries the actions out in one transaction, on the condition that the lock is still ours.</summary>
    /// <exception cref="LockLostException">It is not; nothing was stored.</exception>
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

    /// <summary>Carries the actions out and gives the lock back, in one transaction.</summary>
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
        List<TableTransactionAction> all = [new(TableTransactionActionType.UpdateReplace, Row(held), Mechanism.LockFencing.IsOn() ? etag : ETag.All), .. actions];
        await StorageErrors.GuardAsync(() => SubmitAsync(all, mayBeStale: true));
        lastWrite = time.GetTimestamp();
    }

    private async Task<bool> SubmitAsync(List<TableTransactionAction> actions, bool mayBeStale)
    {
        try
        {
            var response = await store.Table.SubmitTransactionAsync(actions);
            etag = EtagOf(response.Value[0]);
        }
        catch (RequestFailedException error) when (StorageErrors.IsConflict(error))
        {
            var stored = await store.ReadLockAsync(CancellationToken.None);
            var isOurs = stored?.GetString(Owner) == owner;
            if (stored?.GetString(Number) == CommitName && Mechanism.LostAnswers.IsOn())
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
                    if (time.GetElapsedTime(lastWrite) >= RenewEvery && Mechanism.LockRenewal.IsOn())
                    {
                        await SubmitAsync([], held: true);
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

    private TableEntity Row(bool held)
    {
        var row = new TableEntity(store.Job, EntityCodec.LockKey) { [Number] = CommitName };
        if (held)
        {
            row[Owner] = owner;
            row[TakenAt] = takenAt;
        }

        return row;
    }

    private static ETag EtagOf(Response response) => response.Headers.ETag ?? throw new InvalidOperationException("The storage gave no ETag.");
}
