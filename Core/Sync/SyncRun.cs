using System.Runtime.CompilerServices;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// One run of a job that holds its lock (spec 6): first what is owed from earlier runs, then the window, in order of
/// modification. Records are sent side by side; their outcomes are stored in order, the checkpoint with them, and only then
/// their status texts are written back.
/// </summary>
internal sealed class SyncRun<TRecord> : IAsyncDisposable
    where TRecord : SyncRecord
{
    /// <summary>How long what is under way may take to end after the run was cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>The same after the time budget is spent: texts already owed are still written.</summary>
    private static readonly TimeSpan BudgetGrace = TimeSpan.FromSeconds(60);

    /// <summary>No create is waited for any longer, see <c>Otmechalka__Timeout</c>; a time beyond it is another clock's.</summary>
    private static readonly TimeSpan LongestCreate = TimeSpan.FromMinutes(5);

    /// <summary>Passing records that need nothing is stored with the end of the run, unless it is much and new.</summary>
    private const int PassesWorthStoring = 500;

    /// <summary>So many pages are read and mapped while the ones before are being sent.</summary>
    private const int PagesAhead = 4;

    private readonly RecordJob<TRecord> job;
    private readonly JobLease lease;
    private readonly SyncOptions options;
    private readonly RunTally tally;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Deliveries<TRecord> deliveries;
    private readonly CancellationToken cancelled;
    private readonly CancellationTokenSource budget;
    private readonly CancellationTokenSource stop; // nothing new is begun
    private readonly CancellationTokenSource abort; // what is under way is broken off
    private readonly CancellationTokenRegistration[] registrations; // the tokens outlive the run
    private DateTimeOffset started;
    private Exception? failure;
    private WindowProgress? progress;
    private DateTimeOffset? taking; // the change that is being begun
    private bool isComplete;

    public SyncRun(
        RecordJob<TRecord> job, JobLease lease, SyncOptions options, int concurrency, RunTally tally, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        (this.job, this.lease, this.options, this.tally, this.time, this.logger) = (job, lease, options, tally, time, logger);
        started = time.GetUtcNow();
        cancelled = cancellationToken;
        budget = new CancellationTokenSource(options.TimeBudget, time);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost, budget.Token);
        abort = new CancellationTokenSource(options.TimeBudget + BudgetGrace, time);
        registrations = [cancellationToken.Register(() => abort.CancelAfter(Grace)), lease.Lost.Register(abort.Cancel)];
        deliveries = new Deliveries<TRecord>(job, concurrency, time, abort.Token);
        State = lease.State;
    }

    /// <summary>How far the run has come: what its lease is to be closed with.</summary>
    public JobState State { get; private set; }

    /// <summary>Whether the run ended because its time budget is spent.</summary>
    public bool IsBudgetSpent => budget.IsCancellationRequested && !isComplete && !cancelled.IsCancellationRequested;

    /// <summary>When the oldest change was made that was read and not handled.</summary>
    public DateTimeOffset? OldestUnhandled { get; private set; }

    private DateTimeOffset PortalTime => Mechanism.PortalClock.IsOn() ? job.PortalTime ?? started : started;

    /// <summary>Runs to the end of the window, of the time budget, or to the first failure, which is thrown.</summary>
    public async Task RunAsync()
    {
        await PhaseAsync(OutlastCreatesAsync);
        var rules = job.Rules;
        var rulesChanged = State.Rules != rules && Mechanism.RulesFingerprint.IsOn();
        if (rulesChanged)
        {
            await PhaseAsync(() => job.PreflightAsync(stop.Token));
        }

        State = Begin(State, rulesChanged);
        await PhaseAsync(() => DueAsync(rulesChanged));
        if (!IsBudgetSpent)
        {
            State = State with { Rules = rules };
            await PhaseAsync(WindowAsync);
        }
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        deliveries.Dispose();
        budget.Dispose();
        stop.Dispose();
        abort.Dispose();
        return ValueTask.CompletedTask;
    }

    private JobState Begin(JobState stored, bool rulesChanged)
    {
        var floor = stored.Checkpoint is null ? options.StartOf(job.Job) : stored.Floor;
        var bottom = floor ?? options.StartDate;
        var sweeps = rulesChanged || (!(started - stored.SweptAt < options.SweepInterval) && Mechanism.DailySweep.IsOn());
        return stored with
        {
            Floor = floor,
            Checkpoint = stored.Checkpoint ?? bottom.ToOffset(options.StartDate.Offset),
            ReadAfter = sweeps ? bottom : stored.ReadAfter ?? bottom,
            SweptAt = sweeps ? started : stored.SweptAt,
            // Seen under other rules, or long ago: looked at again.
            Recent = sweeps ? [] : stored.Recent,
        };
    }

    /// <summary>Runs a phase with its own status queue; everything it began is ended, stored and written when it returns.</summary>
    private async Task PhaseAsync(Func<Task> phase)
    {
        var statuses = new StatusQueue<TRecord>(job, lease, tally, time, Fail, abort.Token);
        deliveries.Begin(statuses, StoreAsync, tally);
        await TryAsync(phase);
        await TryAsync(deliveries.EndAsync);
        OldestUnhandled ??= deliveries.OldestUnhandled ?? taking;
        await statuses.CompleteAsync();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        cancelled.ThrowIfCancellationRequested();
        lease.Lost.ThrowIfCancellationRequested();
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Cancelled, failed elsewhere, or broken off.
        }
        catch (Exception error) when (error is UnavailableException or LockLostException)
        {
            Fail(error);
        }
    }

    private void Fail(Exception error)
    {
        if (error is OperationCanceledException && abort.IsCancellationRequested)
        {
            return; // broken off: what was not written stays owed
        }

        Interlocked.CompareExchange(ref failure, error, null);
        stop.Cancel();
    }

    // A create of the last run that got no answer may be carried out still: before that is over, a search could miss it.
    private async Task OutlastCreatesAsync()
    {
        var left = lease.Pending.Max(entry => entry.NotBefore) - started;
        if (left > TimeSpan.Zero && left <= LongestCreate)
        {
            SyncLog.OutlastsCreate(logger, job.Job.Name(), (int)Math.Ceiling(left.Value.TotalSeconds));
            await Task.Delay(left.Value, time, stop.Token);
            started = time.GetUtcNow();
        }
    }

    // What earlier runs owe: status texts, and records due for another try.
    private async Task DueAsync(bool rulesChanged)
    {
        var waiting = lease.Pending.Where(entry => entry.Outcome == RecordOutcome.WaitsForClient).ToArray();
        var ended = waiting.Length == 0 ? [] : (await job.EndedWaitsAsync(waiting, stop.Token)).Select(entry => entry.Id).ToHashSet();
        var due = lease.Pending.Where(entry => (rulesChanged || ended.Contains(entry.Id) || Decision.IsDue(entry, started)) && (entry.NextTry is null || Mechanism.Retries.IsOn()));
        foreach (var chunk in due.OrderBy(entry => entry.Modified).Chunk(RecordJob<TRecord>.MostIds))
        {
            var entries = chunk.ToDictionary(entry => entry.Id);
            var records = await job.ReadAsync(entries.Keys, stop.Token);
            tally.Read(records.Count);
            var present = records.Select(record => record.Id).ToHashSet();
            var unreadable = ReportUnreadable();
            // One that cannot be read may be any that is missing: none of them is known to be gone.
            var gone = unreadable.Any(record => record.Id is null) ? [] : chunk.Where(entry => !present.Contains(entry.Id) && unreadable.All(record => record.Id != entry.Id));
            await lease.CommitAsync([.. gone.Select(Outcomes.Gone)], null);
            foreach (var record in records.Where(record => entries[record.Id] is { Forced: true } or { NextTry: not null } or { Outcome: RecordOutcome.Queued }))
            {
                tally.Retried();
            }

            await TakeAsync(await MapAsync(records, id => entries[id] with { NextTry = null }, stop.Token), null);
        }
    }

    private async Task WindowAsync()
    {
        var window = progress = new WindowProgress(State.ReadAfter!.Value, options.LookBack, State.Recent, lease.OwesStatus);
        var (after, expected) = (State.ReadAfter.Value, State.Recent.Count);
        await foreach (var page in Prefetch.AheadAsync(token => PagesAsync(window, after, expected, token), PagesAhead, stop.Token))
        {
            await TakeAsync(page, window);
        }

        window.PortalTime ??= PortalTime;
        await deliveries.EndAsync();
        State = window.Complete(State, time.GetUtcNow());
        isComplete = true;
    }

    private async IAsyncEnumerable<Page> PagesAsync(WindowProgress window, DateTimeOffset after, int expected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>();
        await foreach (var page in job.ReadAsync(after, expected, cancellationToken))
        {
            ReportUnreadable();
            window.PortalTime ??= PortalTime;
            // A card that comes a second time has moved since the window was fixed: the next run's.
            var records = page.Where(record => taken.Add(record.Id)).ToList();
            var unknown = records.Where(record => !window.IsKnown(record)).ToList();
            tally.Read(unknown.Count);
            var entries = await lease.ReadAsync([.. unknown.Select(record => record.Id)], cancellationToken);
            yield return await MapAsync(unknown, entries.GetValueOrDefault, cancellationToken) with { Records = records };
        }

        ReportUnreadable();
    }

    private IReadOnlyList<UnreadableRecord> ReportUnreadable()
    {
        var records = job.TakeUnreadable();
        tally.Read(records.Count);
        foreach (var record in records)
        {
            tally.Handled(Handling.Failed);
            SyncLog.RecordUnreadable(logger, job.Job.Name(), record.Id ?? "without ID", record.Reason);
        }

        return records;
    }

    private async Task<Page> MapAsync(IReadOnlyList<TRecord> records, Func<string, LedgerEntry?> entryOf, CancellationToken cancellationToken)
    {
        var toMap = records.Where(record => Decision.NeedsMapping(entryOf(record.Id), record, job.DeliversOnce)).ToList();
        var mappings = toMap.Count == 0 ? [] : await job.MapAsync(toMap, cancellationToken);
        return new Page(records, entryOf, toMap.Zip(mappings).ToDictionary(pair => pair.First.Id, pair => pair.Second));
    }

    private async Task TakeAsync(Page page, WindowProgress? window)
    {
        foreach (var record in page.Records)
        {
            var inWindow = window is not null;
            taking = inWindow ? record.Modified : null;
            stop.Token.ThrowIfCancellationRequested();
            if (window?.IsKnown(record) == true)
            {
                await deliveries.PassAsync(record, inWindow, stop.Token);
                continue;
            }

            var entry = page.EntryOf(record.Id);
            var result = page.Mapped.GetValueOrDefault(record.Id);
            switch (Decision.Of(entry, record, result, started))
            {
                case Step.Pass when window is null: // what was owed has settled itself
                case Step.RestoreStatus:
                    await deliveries.SettleAsync(record, Outcomes.Restored(entry!, record, result), inWindow, stop.Token);
                    break;
                case Step.Leave when entry is not null && (window is null || entry.IsPending):
                    await deliveries.SettleAsync(record, new Outcome(Outcomes.Gone(entry), null, null), inWindow, stop.Token);
                    break;
                case Step.Pass when lease.IsUnkeyed(record.Id): // stored again, so that its fingerprints are keyed (spec 7)
                    await deliveries.SettleAsync(record, new Outcome(entry!, null, null), inWindow, stop.Token);
                    break;
                case Step.Leave or Step.Pass:
                    await deliveries.PassAsync(record, inWindow, stop.Token);
                    break;
                case Step.Settle:
                    await deliveries.SettleAsync(record, Outcomes.Settled(entry, record, result!, time.GetUtcNow()), inWindow, stop.Token);
                    break;
                default:
                    await deliveries.SendAsync(record, (Mapped.Ready)result!, entry, inWindow, stop.Token);
                    break;
            }
        }

        taking = null;
    }

    // The outcomes and how far they bring the window, in one transaction.
    private async Task StoreAsync(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<TRecord> passed, int delivered)
    {
        var owing = entries.Where(entry => entry.StatusOwed).Select(entry => entry.Id).ToHashSet();
        foreach (var record in passed)
        {
            progress?.Pass(record, owing.Contains(record.Id));
        }

        State = (progress is null ? State : progress.Advance(State)) with { Delivered = State.Delivered + delivered };
        if (entries.Count > 0 || passed.Count(record => progress?.IsKnown(record) == false) >= PassesWorthStoring)
        {
            await lease.CommitAsync(entries, State);
            tally.Stored();
        }

        foreach (var entry in entries.Where(entry => entry.IsFailing))
        {
            SyncLog.RecordFailed(logger, job.Job.Name(), entry.Id, entry.Outcome.ToString(), entry.Code ?? "");
        }
    }

    /// <summary>Records with what is known of them and what they map to.</summary>
    private sealed record Page(IReadOnlyList<TRecord> Records, Func<string, LedgerEntry?> EntryOf, IReadOnlyDictionary<string, Mapped> Mapped);
}
