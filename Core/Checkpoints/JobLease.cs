using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// A job's lease: one run has the job at a time. It is free when it has not been renewed for <see cref="LeaseRow.TimeToLive"/>, because its
/// owner is dead; so it is renewed as long as this run lives, and a run that cannot renew it stops sending before others may begin. That a
/// stale owner stores nothing is kept by <see cref="LeaseRow"/>.
/// </summary>
internal sealed class JobLease : IDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    /// <summary>After so long without a renewal nothing more is sent, also while a renewal still waits for its answer.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(50);

    private readonly LeaseRow row;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly CancellationTokenSource lost;
    private readonly CancellationTokenSource closing = new();
    private readonly Task renewing;
    private long lastWrite;

    private JobLease(LeaseRow row, TimeProvider time, long taken)
    {
        (this.row, this.time) = (row, time);
        lost = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Written(taken);
        renewing = RenewAsync();
    }

    /// <summary>Signalled when the lease is lost or can no longer be held: nothing more may be sent.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>
    /// Takes a lease that is not held, on the condition that its row is still the one that was read, and keeps it; <see langword="null"/>
    /// when another run was faster.
    /// </summary>
    public static async Task<JobLease?> TryTakeAsync(
        JobStore store,
        TableEntity? free,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        var row = new LeaseRow(store, time.GetUtcNow());
        return await row.TryTakeAsync(free, cancellationToken) ? new JobLease(row, time, begun) : null;
    }

    /// <summary>Carries the actions out in one transaction, on the condition that the lease is still ours.</summary>
    /// <inheritdoc cref="LeaseRow.WriteAsync" path="/exception"/>
    public async Task SubmitAsync(IReadOnlyCollection<TableTransactionAction> actions)
    {
        await gate.WaitAsync();
        try
        {
            await WriteAsync(actions, keeps: true);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Carries the actions out and gives the lease back, in one transaction.</summary>
    /// <inheritdoc cref="LeaseRow.WriteAsync" path="/exception"/>
    public async Task ReleaseAsync(IReadOnlyCollection<TableTransactionAction> actions)
    {
        await AbandonAsync();
        await WriteAsync(actions, keeps: false);
    }

    /// <summary>Renews the lease no more and leaves it to run out by itself.</summary>
    public async Task AbandonAsync()
    {
        closing.Cancel();
        await renewing;
    }

    public void Dispose()
    {
        closing.Cancel();
        gate.Dispose();
        lost.Dispose();
        closing.Dispose();
    }

    private async Task WriteAsync(IReadOnlyCollection<TableTransactionAction> actions, bool keeps)
    {
        var begun = time.GetTimestamp();
        await row.WriteAsync(actions, keeps);
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
                        await WriteAsync([], keeps: true);
                    }
                }
                catch (UnavailableException) when (time.GetElapsedTime(lastWrite) < LeaseRow.TimeToLive - RenewEvery)
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
}
