using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Commit: stores what became of the records, together with how far that brings the window, in one transaction under the job's
/// lease. Only what is stored gets its status text written.
/// </summary>
internal sealed class CommitStage(
    JobDefinition job,
    LedgerSession ledger,
    Fingerprints fingerprints,
    RunPlan plan,
    RunTally tally,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>Passing records that need nothing is stored with the end of the run, unless it is much.</summary>
    private const int PassesWorthStoring = 500;

    private int unstoredPasses;

    /// <summary>
    /// How far the run has come; stored with the next transaction. Until its window begins, that is how far the run before has come. Under
    /// a changed configuration it is stored without a configuration hash until then: the next run makes a full resync, whichever it has.
    /// </summary>
    public JobState State { get; private set; } =
        plan.IsConfigurationChanged ? ledger.State with { ConfigurationHash = null } : ledger.State;

    /// <summary>What is owed from earlier runs has been looked at under the present configuration: the plan's window begins.</summary>
    public void BeginWindow() => State = plan.State with { ConfigurationHash = job.ConfigurationHash, Delivered = State.Delivered };

    /// <summary>The window has been passed to its end, and with it a full resync.</summary>
    public void CompleteWindow(WindowProgress progress) => State = progress.Complete(State, time.GetUtcNow()) with { IsResyncing = false };

    /// <summary>
    /// Stores, before they are sent, which records otmechalka is about to get with other values than the ledger knows. If what comes of it
    /// is never stored, a later run sends them again, also when they look by then as they did before: otmechalka may hold what was sent in
    /// between. A record that is only created and never changed needs none of that.
    /// </summary>
    /// <exception cref="LeaseLostException">Another run has the lease; nothing was stored.</exception>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now; it may have been stored all the same.</exception>
    public Task MarkAsync(IEnumerable<SyncItem> items) =>
        ledger.CommitAsync(
            [
                .. items
                    .Where(item => !job.DeliversOnce && item.Action == SyncAction.Send && IsOther(item))
                    .Select(item => LedgerTransitions.Marked(item.Entry, item.Id).Change),
            ],
            null
        );

    /// <summary>Stores the outcome of records.</summary>
    /// <param name="judgement">The records.</param>
    /// <param name="progress">The window they belong to; <see langword="null"/> for records that were due.</param>
    /// <returns>The status texts that are owed now.</returns>
    /// <exception cref="LeaseLostException">Another run has the lease; nothing was stored.</exception>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now; it may have been stored all the same.</exception>
    public async Task<IReadOnlyList<OwedText>> StoreAsync(RunRules.Judgement judgement, WindowProgress? progress)
    {
        var transitions = new LedgerTransitions(fingerprints, time.GetUtcNow());
        var changes = new List<(SyncItem Item, Transition Transition)>();
        foreach (var item in judgement.Passed.Concat(judgement.Remembered))
        {
            if (TransitionOf(item, transitions) is { } transition)
            {
                changes.Add((item, transition));
                item.IsStatusOwed = transition.Entry.StatusOwed;
            }
        }

        Pass(judgement.Passed, progress);
        State = (progress?.Advance(State) ?? State) with
        {
            Delivered = State.Delivered + changes.Count(change => change.Transition.IsFirstDelivery),
        };
        if (changes.Count > 0 || unstoredPasses >= PassesWorthStoring)
        {
            await ledger.CommitAsync([.. changes.Select(change => change.Transition.Change)], State);
            unstoredPasses = 0;
        }

        foreach (var item in judgement.Passed.Concat(judgement.Remembered))
        {
            tally.Handled(item);
        }

        tally.Stored();
        Log(changes.Select(change => change.Transition.Entry));
        return
        [
            .. changes
                .Where(change => change.Transition.Status is not null)
                .Select(change => new OwedText(
                    new(change.Item.Id, change.Item.Card.ContentHash, change.Transition.Status!),
                    change.Transition.Entry
                )),
        ];
    }

    /// <summary>Stores what became of records that were due and could not be read, or need nothing more.</summary>
    /// <inheritdoc cref="StoreAsync(RunRules.Judgement, WindowProgress?)"/>
    public async Task StoreAsync(IReadOnlyCollection<LedgerEntry> notEligible, IReadOnlyCollection<LedgerEntry> missing)
    {
        var transitions = new LedgerTransitions(fingerprints, time.GetUtcNow());
        var left = notEligible.Select(transitions.LeftAlone).Concat(missing.Select(entry => transitions.Missing(entry, plan.Now))).ToList();
        await ledger.CommitAsync([.. left.Select(transition => transition.Change)], left.Count > 0 ? State : null);
    }

    private bool IsOther(SyncItem item) =>
        item.Entry is { PayloadHash: { } known, Forced: false }
        && known != fingerprints.Of(((MappingResult.Ready)item.Mapping!).PayloadHash);

    private void Pass(IReadOnlyList<SyncItem> passed, WindowProgress? progress)
    {
        foreach (var item in progress is null ? [] : passed)
        {
            progress!.Pass(item.Card.Modified, item.Version, item.IsStatusOwed || ledger.OwesStatus(item.Id));
            unstoredPasses += item.Source == ItemSource.SeenBefore ? 0 : 1;
        }
    }

    private Transition? TransitionOf(SyncItem item, LedgerTransitions transitions) =>
        item.Action switch
        {
            _ when item.Source == ItemSource.SeenBefore => null,
            SyncAction.Wait => null,
            // Entries of versions before this one are stored again, so that their hashes are keyed (docs/spec.md, section 7).
            SyncAction.Nothing when item.Source == ItemSource.Window => ledger.IsUnkeyed(item.Id)
                ? new Transition(item.Entry!, null)
                : null,
            SyncAction.Nothing or SyncAction.WriteStatus => transitions.Known(item),
            SyncAction.Withhold => transitions.Withheld(item),
            SyncAction.LeaveAlone => item.Entry is { } entry && (entry.IsPending || item.Source == ItemSource.Due)
                ? transitions.LeftAlone(entry)
                : null,
            SyncAction.NoteMissing => transitions.Missing(item.Entry ?? new LedgerEntry { Id = item.Id }, plan.Now),
            SyncAction.Send => transitions.Sent(item),
            _ => throw new ArgumentOutOfRangeException(nameof(item)),
        };

    private void Log(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.IsFailing))
        {
            SyncLog.RecordFailed(logger, job.Job.Name(), entry.Id, entry.Outcome.ToString(), entry.Code ?? "");
        }
    }
}
