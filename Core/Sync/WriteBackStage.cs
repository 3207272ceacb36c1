using System.Threading.Channels;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>A status text that is owed: it waits for its turn, so it holds no card.</summary>
/// <param name="Text">The text, and the card it is for.</param>
/// <param name="Entry">The record's entry as stored with the text owed.</param>
internal sealed record OwedText(StatusText Text, LedgerEntry Entry);

/// <summary>
/// Write back: writes status texts to Bitrix24 beside the sending, fifty in a request. A text enters when it is stored as owed, and the
/// ledger forgets that it is owed only when Bitrix24 has taken it: it cannot be lost (docs/spec.md, section 6, invariant 4).
/// </summary>
internal sealed class WriteBackStage
{
    /// <summary>
    /// So many writes may be under way: while one waits for its answer, the next reads its cards. One after the other they would be slower
    /// than the sending.
    /// </summary>
    private const int SideBySide = 2;

    private readonly StatusWriter writer;
    private readonly LedgerSession ledger;
    private readonly Fingerprints fingerprints;
    private readonly RunTally tally;
    private readonly TimeProvider time;
    private readonly RunLifetime lifetime;
    private readonly Channel<OwedText> texts = Channel.CreateUnbounded<OwedText>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task writing;
    private bool isBroken;

    /// <summary>Begins to wait for texts.</summary>
    public WriteBackStage(
        StatusWriter writer,
        LedgerSession ledger,
        Fingerprints fingerprints,
        RunTally tally,
        TimeProvider time,
        RunLifetime lifetime
    )
    {
        (this.writer, this.ledger, this.fingerprints, this.tally, this.time, this.lifetime) = (
            writer,
            ledger,
            fingerprints,
            tally,
            time,
            lifetime
        );
        writing = WriteAllAsync();
    }

    /// <summary>Queues texts that are stored as owed.</summary>
    public void Add(IReadOnlyList<OwedText> owed)
    {
        foreach (var text in owed)
        {
            texts.Writer.TryWrite(text);
        }
    }

    /// <summary>No more texts come; returns when all are written, or given up because the run has to end.</summary>
    public Task CompleteAsync()
    {
        texts.Writer.TryComplete();
        return writing;
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<OwedText>();
        var underWay = new Queue<Task>();
        await foreach (var text in texts.Reader.ItemsAsync())
        {
            batch.Add(text);
            if (batch.Count == Bitrix24Client.MostCommands)
            {
                await BeginAsync(batch);
                batch = [];
            }
        }

        await BeginAsync(batch);
        await Task.WhenAll(underWay);

        async Task BeginAsync(List<OwedText> texts)
        {
            await (underWay.Count == SideBySide ? underWay.Dequeue() : Task.CompletedTask);
            if (texts.Count > 0)
            {
                underWay.Enqueue(WriteAsync(texts));
            }
        }
    }

    // A failure ends the run at once; what was not written stays owed.
    private async Task WriteAsync(List<OwedText> batch)
    {
        if (isBroken)
        {
            return;
        }

        try
        {
            var results = await writer.WriteAsync(batch.ConvertAll(owed => owed.Text), lifetime.Abort);
            var transitions = new LedgerTransitions(fingerprints, time.GetUtcNow());
            tally.StatusesWritten(results.Count(result => result.Result == StatusWriteResult.Written));
            var changes = batch.Zip(results, (owed, result) => transitions.StatusWritten(owed.Entry, result.Result, result.Code));
            await ledger.CommitAsync([.. changes.OfType<Transition>().Select(transition => transition.Change)], null);
        }
        catch (Exception error)
        {
            isBroken = true;
            lifetime.Fail(error);
        }
    }
}
