using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// One run of a job that holds its lease (docs/spec.md, section 6): first what is owed from earlier runs, then the window, then
/// creates of earlier runs that could still be carried out when it began. Records go through the stages in portions: read, map and decide,
/// deliver, commit, write back. Reading is ahead of delivering, committing and writing back are behind it; the outcome is that of one
/// record after another.
/// </summary>
internal sealed class SyncRun : IDisposable
{
    /// <summary>
    /// A create may still be carried out for as long as <c>Otmechalka__Timeout</c>, at most five minutes. An entry that claims more was
    /// written by a machine whose clock is wrong: this run does not wait for it.
    /// </summary>
    private static readonly TimeSpan LongestCreate = TimeSpan.FromMinutes(6);

    /// <summary>
    /// When so much of the time budget is spent, no further portion of what earlier runs owe is begun: new records want to be sent, too,
    /// also where thousands that fail are due. What is left of them comes in later runs.
    /// </summary>
    private const double ShareOfWhatIsDue = 0.5;

    /// <summary>So many portions are read and mapped while the ones before are being sent.</summary>
    private const int PortionsAhead = 4;

    private readonly JobDefinition job;
    private readonly Bitrix24Client bitrix24;
    private readonly LedgerSession ledger;
    private readonly SyncOptions options;
    private readonly Fingerprints fingerprints;
    private readonly RunTally tally;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly RunLifetime lifetime;
    private readonly RunPlan plan;
    private readonly ReadStage read;
    private readonly DeliverStage deliver;
    private readonly CommitStage commit;
    private readonly StatusWriter writer;
    private readonly List<SyncItem> lookedAt = [];
    private bool isComplete;

    /// <summary>Prepares the run; nothing is sent yet.</summary>
    public SyncRun(
        JobDefinition job,
        Bitrix24Client bitrix24,
        LedgerSession ledger,
        SyncOptions options,
        int concurrency,
        Fingerprints fingerprints,
        RunTally tally,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancelled
    )
    {
        (this.job, this.bitrix24, this.ledger, this.options, this.fingerprints, this.tally) = (
            job,
            bitrix24,
            ledger,
            options,
            fingerprints,
            tally
        );
        (this.time, this.logger) = (time, logger);
        plan = RunPlan.For(ledger.State, job.ConfigurationHash, job.Start.Value, options, time.GetUtcNow());
        lifetime = new RunLifetime(options.TimeBudget, time, ledger.Lost, cancelled);
        read = new ReadStage(job, bitrix24, ledger, fingerprints, tally, logger);
        deliver = new DeliverStage(job, concurrency, lifetime);
        commit = new CommitStage(job, ledger, fingerprints, plan, tally, time, logger);
        writer = new StatusWriter(bitrix24, job.Table);
    }

    /// <summary>How far the run has come: what its session is to be closed with.</summary>
    public JobState State => commit.State;

    /// <summary>Whether the run ended because its time budget is spent.</summary>
    public bool IsBudgetSpent => lifetime.IsBudgetSpent && !isComplete;

    /// <summary>When the oldest change was made that was read and not handled; <see langword="null"/> when all was.</summary>
    public DateTimeOffset? OldestUnhandled { get; private set; }

    /// <summary>The portal's clock, as far as it is known.</summary>
    public DateTimeOffset? PortalTime => read.PortalTime;

    /// <summary>Runs to the end of the window, of the time budget, or to the first failure, which is thrown.</summary>
    public async Task RunAsync()
    {
        if (plan.IsFullResync)
        {
            await PhaseAsync(_ => StatusFieldCheck.RunAsync(bitrix24, job, lifetime.Stop));
        }

        // A create of an earlier run that got no answer may still be carried out: until that is over, a search could miss it.
        var late = ledger.Pending.Where(entry => entry.NotBefore > plan.Now && entry.NotBefore - plan.Now < LongestCreate).ToList();
        await PhaseAsync(pipeline => DueAsync(pipeline, plan.IsDue));
        if (!IsBudgetSpent)
        {
            commit.BeginWindow();
            await PhaseAsync(WindowAsync);
        }

        if (isComplete && late.Count > 0)
        {
            await PhaseAsync(pipeline => LateCreatesAsync(pipeline, late));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lifetime.Dispose();

    /// <summary>Runs a part of the run with its own pipeline; everything it began is ended, stored and written when it returns.</summary>
    private async Task PhaseAsync(Func<RunPipeline, Task> phase)
    {
        var writeBack = new WriteBackStage(writer, ledger, fingerprints, tally, time, lifetime);
        var pipeline = new RunPipeline(deliver, commit, writeBack, lifetime);
        await TryAsync(() => phase(pipeline));
        await TryAsync(pipeline.CompleteAsync);
        await writeBack.CompleteAsync();
        OldestUnhandled ??= pipeline.OldestUnhandled;
        lifetime.ThrowIfFailed();
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception error)
        {
            lifetime.Fail(error);
        }
    }

    // What earlier runs owe: status texts, and records due for another try.
    private async Task DueAsync(RunPipeline pipeline, Func<LedgerEntry, bool> isDue)
    {
        var waiting = ledger.Pending.Where(entry => entry.Outcome == RecordOutcome.WaitsForClient).ToList();
        var ended = waiting.Count == 0 ? [] : (await job.EndedWaitsAsync(waiting, lifetime.Stop)).Select(entry => entry.Id).ToHashSet();
        var due = ledger.Pending.Where(entry => ended.Contains(entry.Id) || isDue(entry)).OrderBy(entry => entry.Modified);
        await LookAsync(
            pipeline,
            [.. due],
            new MapStage(job, fingerprints, plan.Now),
            until: plan.Now + (ShareOfWhatIsDue * options.TimeBudget)
        );
    }

    private async Task LookAsync(RunPipeline pipeline, IReadOnlyList<LedgerEntry> entries, MapStage map, DateTimeOffset until)
    {
        foreach (var portion in entries.Chunk(ReadStage.RecordsAtOnce))
        {
            if (time.GetUtcNow() > until)
            {
                return;
            }

            var records = await read.DueAsync(portion, lifetime.Stop);
            await commit.StoreAsync(records.NotEligible, records.Missing);
            lookedAt.AddRange(records.Items);
            await pipeline.HandleAsync(await DecidedAsync(map, records.Items, lifetime.Stop), null);
        }
    }

    private async Task WindowAsync(RunPipeline pipeline)
    {
        // What was just looked at because it was due need not be looked at again, unless its text was written: see WindowProgress.Pass.
        var done = lookedAt.Where(item => !item.IsStatusOwed).Select(item => item.Version);
        var progress = new WindowProgress(plan, options.LookBack, done);
        var map = new MapStage(job, fingerprints, plan.Now);
        var shown = new HashSet<string>();
        await foreach (var items in PortionsAsync(progress, map).ReadAheadAsync(PortionsAhead, lifetime.Stop))
        {
            shown.UnionWith(items.Select(item => item.Id));
            await pipeline.HandleAsync(items, progress);
        }

        await pipeline.CompleteAsync();
        if (plan.State.IsResyncing)
        {
            await new MissingRecords(read.Lookup, ledger, new LedgerTransitions(fingerprints, time.GetUtcNow()), plan).NoteAsync(
                shown,
                lifetime.Stop
            );
        }

        progress.PortalTime ??= read.PortalTime ?? plan.Now;
        commit.CompleteWindow(progress);
        isComplete = true;
    }

    private async IAsyncEnumerable<IReadOnlyList<SyncItem>> PortionsAsync(
        WindowProgress progress,
        MapStage map,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var items in read.WindowAsync(plan, progress, cancellationToken))
        {
            yield return await DecidedAsync(map, items, cancellationToken);
        }
    }

    // The marks are stored while the portions before are being sent.
    private async Task<IReadOnlyList<SyncItem>> DecidedAsync(
        MapStage map,
        IReadOnlyList<SyncItem> items,
        CancellationToken cancellationToken
    )
    {
        var decided = await map.MapAsync(items, cancellationToken);
        await commit.MarkAsync(decided);
        return decided;
    }

    // Only these records wait for their creates; all others have been handled meanwhile.
    private async Task LateCreatesAsync(RunPipeline pipeline, IReadOnlyList<LedgerEntry> late)
    {
        var left = late.Max(entry => entry.NotBefore)!.Value - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            SyncLog.OutlastsCreate(logger, job.Job.Name(), (int)Math.Ceiling(left.TotalSeconds));
            await Task.Delay(left, time, lifetime.Stop);
        }

        var ids = late.Select(entry => entry.Id).ToHashSet();
        var now = time.GetUtcNow();
        await LookAsync(
            pipeline,
            [.. ledger.Pending.Where(entry => ids.Contains(entry.Id) && entry.IsDueAt(now))],
            new MapStage(job, fingerprints, now),
            until: DateTimeOffset.MaxValue
        );
    }
}
