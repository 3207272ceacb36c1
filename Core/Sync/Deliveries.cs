using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Sends records side by side and judges what came of them one by one, in their order: the outcome is the same as if each
/// had waited for the one before. Nothing behind a failure is passed, although what was delivered there is remembered.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="concurrency">How many records are sent at the same time.</param>
/// <param name="time">The clock.</param>
/// <param name="abort">Breaks off what is under way.</param>
internal sealed class Deliveries<TRecord>(RecordJob<TRecord> job, int concurrency, TimeProvider time, CancellationToken abort) : IDisposable
    where TRecord : SyncRecord
{
    /// <summary>So many records in a row that get a 500 are otmechalka's failure and not theirs (spec 9).</summary>
    private const int FailuresInARow = 5;

    /// <summary>A create without an answer is its record's matter; a second one in a row is otmechalka's.</summary>
    private const int UnclearInARow = 2;

    private const int OutcomesPerCommit = 20;
    private const int PassesPerCommit = 1000;
    private static readonly TimeSpan CommitEvery = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim slots = new(concurrency);
    private readonly Queue<Item> line = new();
    private readonly List<Item> doubtful = [];
    private readonly List<Outcome> outcomes = [];
    private readonly List<(TRecord Record, Outcome Outcome)> owed = [];
    private readonly List<TRecord> passed = [];
    private readonly HashSet<string> unclearCreates = [];
    private StatusQueue<TRecord>? statuses;
    private Store? store;
    private RunTally? counts;
    private int failures;
    private int unclear;
    private bool blocked;
    private long lastCommit;
    private Task committing = Task.CompletedTask;

    /// <summary>Stores outcomes together with how far they bring the window.</summary>
    public delegate Task Store(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<TRecord> passed, int delivered);

    /// <summary>When the first record was changed that was begun and could not be passed.</summary>
    public DateTimeOffset? OldestUnhandled { get; private set; }

    /// <summary>Begins a phase.</summary>
    public void Begin(StatusQueue<TRecord> queue, Store storing, RunTally tally)
    {
        (statuses, store, counts) = (queue, storing, tally);
        lastCommit = time.GetTimestamp();
    }

    /// <summary>The record needs nothing.</summary>
    public Task PassAsync(TRecord record, bool inWindow, CancellationToken stop) => EnqueueAsync(new Item(record, inWindow), stop);

    /// <summary>The record's outcome is known without sending it.</summary>
    public Task SettleAsync(TRecord record, Outcome outcome, bool inWindow, CancellationToken stop) =>
        EnqueueAsync(new Item(record, inWindow) { Outcome = outcome }, stop);

    /// <summary>Begins to send the record, as soon as one of the places is free.</summary>
    public async Task SendAsync(TRecord record, Mapped.Ready ready, LedgerEntry? entry, bool inWindow, CancellationToken stop)
    {
        if (entry is not null && unclearCreates.Contains(record.Id))
        {
            // Not again in this run (spec 9), whatever has become of the record since: the next one tries it.
            await SettleAsync(record, new Outcome(entry with { NextTry = entry.NotBefore }, null, null), inWindow, stop);
            return;
        }

        await slots.WaitAsync(CancellationToken.None); // a place is always freed: what is under way ends or is broken off
        if (stop.IsCancellationRequested || committing.IsFaulted)
        {
            slots.Release();
            stop.ThrowIfCancellationRequested();
            await committing; // nothing more is sent that could not be stored
        }

        await EnqueueAsync(new Item(record, inWindow) { Entry = entry, PayloadHash = ready.PayloadHash, Sending = DeliverAsync(record, ready, entry) }, stop);
    }

    /// <summary>Waits for everything that was begun, judges and stores it. Throws the first failure, after that.</summary>
    public async Task EndAsync()
    {
        Exception? first = null;
        while (line.TryDequeue(out var item))
        {
            try
            {
                await JudgeAsync(item);
            }
            catch (Exception error) when (error is UnavailableException or OperationCanceledException)
            {
                first ??= error;
            }
        }

        foreach (var item in doubtful)
        {
            Settle(item); // fewer in a row than would be otmechalka's failure
        }

        doubtful.Clear();
        failures = 0;
        await CommitAsync();
        await committing;
        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    public void Dispose() => slots.Dispose();

    private async Task<Delivery> DeliverAsync(TRecord record, Mapped.Ready ready, LedgerEntry? entry)
    {
        try
        {
            return await job.DeliverAsync(record, ready, entry?.DeliveredAt is not null, abort);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task EnqueueAsync(Item item, CancellationToken stop)
    {
        line.Enqueue(item);
        while (line.TryPeek(out var head) && (head.IsDone || line.Count > concurrency * 16))
        {
            await ((Task?)head.Sending ?? Task.CompletedTask).WaitAsync(stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            stop.ThrowIfCancellationRequested();
            line.Dequeue();
            await JudgeAsync(head);
            if (outcomes.Count >= OutcomesPerCommit || passed.Count >= PassesPerCommit || (outcomes.Count > 0 && time.GetElapsedTime(lastCommit) >= CommitEvery))
            {
                await CommitAsync();
            }
        }
    }

    private async Task JudgeAsync(Item item)
    {
        try
        {
            item.Delivery = item.Sending is null ? null : await item.Sending;
        }
        catch
        {
            Block(item);
            throw;
        }

        if (blocked)
        {
            Remember(item);
            return;
        }

        switch (item.Delivery?.Kind)
        {
            case null when doubtful.Count > 0:
                doubtful.Add(item);
                break;
            case null:
                Settle(item);
                break;
            case DeliveryKind.Failed:
                doubtful.Add(item);
                if (++failures >= FailuresInARow && Mechanism.FiveFailures.IsOn())
                {
                    Block(doubtful[0]);
                    doubtful.Clear();
                    throw new UnavailableException(RequestMeter.Otmechalka, $"HTTP 500 for {FailuresInARow} records in a row");
                }

                break;
            case DeliveryKind.Unclear when item.Delivery.Failure is not null || (++unclear >= UnclearInARow && !abort.IsCancellationRequested):
                Block(item);
                Remember(item);
                throw item.Delivery.Failure ?? new UnavailableException(RequestMeter.Otmechalka, item.Delivery.Code ?? UnavailableException.Connection);
            case var kind:
                failures = 0;
                unclear = kind == DeliveryKind.Unclear ? unclear : 0;
                doubtful.ForEach(Settle);
                doubtful.Clear();
                Settle(item);
                break;
        }
    }

    private void Block(Item item)
    {
        blocked = true;
        OldestUnhandled ??= item.InWindow ? item.Record.Modified : null;
    }

    // Behind a failure: what otmechalka took, or may have taken, is known to the next run, but not passed.
    private void Remember(Item item)
    {
        if (item.Delivery is { Kind: not DeliveryKind.Failed })
        {
            Settle(item, isPassed: false);
        }
    }

    private void Settle(Item item) => Settle(item, isPassed: true);

    private void Settle(Item item, bool isPassed)
    {
        var outcome = item.Delivery is { } delivery
            ? Outcomes.Sent(item.Entry, item.Record, item.PayloadHash!, delivery, time.GetUtcNow())
            : item.Outcome;
        if (item.Delivery?.Kind == DeliveryKind.Unclear)
        {
            unclearCreates.Add(item.Record.Id);
        }

        if (outcome is not null)
        {
            outcomes.Add(outcome);
            owed.Add((item.Record, outcome));
            counts!.Handled(outcome.Handling);
        }

        if (isPassed && item.InWindow)
        {
            passed.Add(item.Record);
        }
    }

    /// <summary>Begins to store what was judged, after what is being stored; the sending goes on meanwhile.</summary>
    private async Task CommitAsync()
    {
        if (outcomes.Count == 0 && passed.Count == 0)
        {
            return;
        }

        var entries = outcomes.ConvertAll(outcome => Mechanism.OwedStatuses.IsOn() ? outcome.Entry : outcome.Entry with { StatusOwed = false });
        var delivered = outcomes.Count(outcome => outcome.IsFirstDelivery);
        var texts = owed.Where(one => one.Outcome.OwesStatus).ToList();
        var records = passed.ToList();
        outcomes.Clear();
        owed.Clear();
        passed.Clear();
        lastCommit = time.GetTimestamp();
        await committing; // one at a time, in order; one that failed ends the run
        committing = StoreAsync();

        async Task StoreAsync()
        {
            await store!(entries, records, delivered);
            foreach (var (record, outcome) in texts)
            {
                statuses!.Add(record, outcome.Status!, outcome.Entry);
            }
        }
    }

    private sealed record Item(TRecord Record, bool InWindow)
    {
        public Outcome? Outcome { get; init; }

        public LedgerEntry? Entry { get; init; }

        public string? PayloadHash { get; init; }

        public Task<Delivery>? Sending { get; init; }

        public Delivery? Delivery { get; set; }

        public bool IsDone => Sending?.IsCompleted != false;
    }
}
