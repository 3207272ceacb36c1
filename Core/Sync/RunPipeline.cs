namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Leads records from the deciding to the writing back, chunk by chunk. While a chunk is delivered, the one before is being stored and the
/// texts of those before that are being written.
/// </summary>
internal sealed class RunPipeline(DeliverStage deliver, CommitStage commit, WriteBackStage writeBack, RunLifetime lifetime)
{
    private readonly RunRules rules = new();
    private Task storing = Task.CompletedTask;
    private WindowProgress? window;

    /// <summary>When the first change was made that was begun and could not be passed.</summary>
    public DateTimeOffset? OldestUnhandled { get; private set; }

    /// <summary>Handles records; their outcomes may still be about to be stored when it returns.</summary>
    /// <param name="items">The records, decided.</param>
    /// <param name="progress">The window they belong to; <see langword="null"/> for records that were due.</param>
    /// <exception cref="Http.UnavailableException">
    /// otmechalka cannot be used now; what came before that is stored by <see cref="CompleteAsync"/>.
    /// </exception>
    public async Task HandleAsync(IReadOnlyList<SyncItem> items, WindowProgress? progress)
    {
        window = progress;
        foreach (var chunk in items.Chunk(DeliverStage.ChunkSize))
        {
            var begun = await deliver.DeliverAsync(chunk);
            var judgement = rules.Judge(begun, lifetime.Abort.IsCancellationRequested);
            var firstLeft = judgement.FirstUnpassed ?? chunk.Skip(begun.Count).FirstOrDefault();
            OldestUnhandled ??= firstLeft is null || progress is null ? null : firstLeft.Card.Modified;
            await StoreAsync(judgement);
            if (judgement.Failure is not null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(judgement.Failure);
            }

            if (firstLeft is not null)
            {
                lifetime.Stop.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>No more records come: stores what is left.</summary>
    public async Task CompleteAsync()
    {
        await StoreAsync(new RunRules.Judgement(rules.Release(), [], null, null));
        await storing;
    }

    // One transaction at a time, in order: each carries how far the window has come.
    private async Task StoreAsync(RunRules.Judgement judgement)
    {
        await storing;
        storing = judgement.Passed.Count + judgement.Remembered.Count == 0 ? Task.CompletedTask : StoreNowAsync(judgement);
    }

    private async Task StoreNowAsync(RunRules.Judgement judgement)
    {
        try
        {
            writeBack.Add(await commit.StoreAsync(judgement, window));
        }
        catch (Exception error)
        {
            lifetime.Fail(error); // at once: nothing more is sent that could not be stored
        }
    }
}
