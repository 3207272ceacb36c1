using System.Threading.Channels;
using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Writes status texts back beside the sending, fifty at a time, two times fifty side by side. A text enters when its outcome is stored as owed, and the
/// ledger forgets that it is owed only when Bitrix24 has taken it: it cannot be lost (spec 6, invariant 4).
/// </summary>
internal sealed class StatusQueue<TRecord>
    where TRecord : SyncRecord
{
    /// <summary>One write is under way while the next one reads its cards: one by one they would be slower than the sending.</summary>
    private const int SideBySide = 2;

    private readonly RecordJob<TRecord> job;
    private readonly JobLease lease;
    private readonly RunTally tally;
    private readonly TimeProvider time;
    private readonly Action<Exception> failed;
    private readonly CancellationToken cancellation;
    private readonly Channel<Item> channel = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task pump;

    /// <summary>Starts the writing.</summary>
    /// <param name="job">The job.</param>
    /// <param name="lease">Where the ledger is stored.</param>
    /// <param name="tally">Where texts written are counted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Called at once when Bitrix24 or the storage fails: the run has to end.</param>
    /// <param name="cancellation">Ends the writing; what is not written stays owed.</param>
    public StatusQueue(RecordJob<TRecord> job, JobLease lease, RunTally tally, TimeProvider time, Action<Exception> failed, CancellationToken cancellation)
    {
        (this.job, this.lease, this.tally, this.time, this.failed, this.cancellation) = (job, lease, tally, time, failed, cancellation);
        pump = PumpAsync();
    }

    /// <summary>Queues a text whose entry has been stored as owed.</summary>
    public void Add(TRecord record, string text, LedgerEntry entry) => channel.Writer.TryWrite(new Item(new OwedStatus(record.Id, record.Content, text), entry));

    /// <summary>No more texts come; returns when all are written or given up.</summary>
    public Task CompleteAsync()
    {
        channel.Writer.TryComplete();
        return pump;
    }

    private async Task PumpAsync()
    {
        var batch = new List<Item>();
        var writing = new Queue<Task>();
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellation))
            {
                while (batch.Count < RecordJob<TRecord>.MostStatuses && channel.Reader.TryRead(out var item))
                {
                    batch.Add(item);
                }

                if (batch.Count == RecordJob<TRecord>.MostStatuses)
                {
                    await (writing.Count == SideBySide ? writing.Dequeue() : Task.CompletedTask);
                    writing.Enqueue(WriteAsync(batch));
                    batch = [];
                }
            }

            if (batch.Count > 0)
            {
                writing.Enqueue(WriteAsync(batch));
            }

            while (writing.TryDequeue(out var write))
            {
                await write;
            }
        }
        catch (Exception error)
        {
            failed(error);
            await Task.WhenAll(writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task WriteAsync(List<Item> batch)
    {
        try
        {
            await WriteAndStoreAsync(batch);
        }
        catch (Exception error)
        {
            failed(error); // at once, whatever the queue waits for
            throw;
        }
    }

    private async Task WriteAndStoreAsync(List<Item> batch)
    {
        var results = await job.WriteStatusesAsync(batch.ConvertAll(item => item.Status), cancellation);
        var entries = new List<LedgerEntry>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i].Outcome == StatusOutcome.Written)
            {
                tally.StatusWritten();
            }

            if (After(batch[i].Entry, results[i].Outcome, results[i].Code) is { } entry)
            {
                entries.Add(entry);
            }
        }

        await lease.CommitAsync(entries, null);
    }

    private LedgerEntry? After(LedgerEntry entry, StatusOutcome outcome, string? code) => outcome switch
    {
        StatusOutcome.Written or StatusOutcome.Held when entry.IsFailing => entry with { StatusOwed = false },
        StatusOutcome.Written or StatusOutcome.Held => entry with { StatusOwed = false, Attempts = 0, Code = null },
        // There is nothing left to write to, or to try again.
        StatusOutcome.Gone => entry with { StatusOwed = false, NextTry = null },
        StatusOutcome.Denied => Denied(entry, code),
        // The text of a refusal is not stored (it may hold personal data): it is had again by trying again, in the next run.
        StatusOutcome.Changed or StatusOutcome.Postponed => entry.NextTry is null ? null : entry with { NextTry = time.GetUtcNow() },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private LedgerEntry Denied(LedgerEntry entry, string? code)
    {
        var attempts = entry.IsFailing && entry.NextTry is not null ? entry.Attempts : entry.Attempts + 1;
        return entry with { Attempts = attempts, NextTry = time.GetUtcNow() + Backoff.After(attempts), Code = entry.Code ?? $"status: {code}" };
    }

    // Many may wait: an item holds no record.
    private sealed record Item(OwedStatus Status, LedgerEntry Entry);
}
