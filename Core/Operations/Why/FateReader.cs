using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>
/// Tells what has become of the cards of one job, by the same plan, mapping and decision as a run, and for all of them at once: an operator
/// who was asked about a pupil with thirty deals has ten seconds.
/// </summary>
internal sealed class FateReader(
    JobDefinition job,
    JobStore store,
    Bitrix24Client bitrix24,
    Settings settings,
    Fingerprints fingerprints,
    TimeProvider time
)
{
    /// <summary>Reads the fates, in the order of the cards.</summary>
    /// <param name="cards">The cards.</param>
    /// <param name="found">How each is shown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Http.UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task<(IReadOnlyList<RecordFate> Fates, DateTimeOffset? CompletedAt)> ReadAsync(
        IReadOnlyList<Card> cards,
        Func<Card, FoundCard> found,
        CancellationToken cancellationToken
    )
    {
        var state = await store.ReadStateAsync(cancellationToken);
        var plan = RunPlan.For(state, job.ConfigurationHash, job.Start.Value, settings.Sync, time.GetUtcNow());
        var entries = await store.PeekAsync([.. cards.Select(card => card.Id)], cancellationToken);
        var waiting = entries.Values.Where(entry => entry.Outcome == RecordOutcome.WaitsForClient).ToList();
        var ended = waiting.Count == 0 ? [] : (await job.EndedWaitsAsync(waiting, cancellationToken)).Select(entry => entry.Id).ToHashSet();

        var items = cards.Select(card => Item(card, plan, entries.GetValueOrDefault(card.Id), ended)).ToList();
        var toMap = items.Where(item => KeptOut(item.Card, plan) is null && Decide.NeedsMapping(item, job.DeliversOnce)).ToList();
        foreach (var portion in toMap.Chunk(ReadStage.RecordsAtOnce))
        {
            foreach (var (item, mapping) in portion.Zip(await job.MapAsync([.. portion.Select(item => item.Card)], [], cancellationToken)))
            {
                item.Mapping = mapping;
            }
        }

        var labels = await LabelsAsync(items, cancellationToken);
        var stages = await StagesAsync(items, cancellationToken);
        return (
            [
                .. items.Select(item => new RecordFate
                {
                    Card = found(item.Card),
                    Kind = KindOf(item, plan),
                    Problem = ProblemOf(item),
                    Values = item.Mapping is MappingResult.OutOfScope ? [.. labels!.Of(item.Card, ListColumns)] : [],
                    Stage = item.Card.Text(EntityQueries.Stage) is { } stage ? stages.GetValueOrDefault(stage) ?? stage : null,
                    Stages = [.. job.Table.Stages.Select(stage => stages.GetValueOrDefault(stage) ?? stage)],
                    IsTakenBack = KeptOut(item.Card, plan) == FateKind.OtherStage,
                    IsNext = IsNext(item, plan),
                    Ledger = item.Entry,
                }),
            ],
            state?.CompletedAt
        );
    }

    // Products and branches: what decides the scope may be several at once.
    private IEnumerable<string> ListColumns =>
        job.Fields.Where(rule => rule is { Multiple: true, Values.Count: > 0 }).Select(rule => rule.Code);

    private SyncItem Item(Card card, RunPlan plan, LedgerEntry? entry, HashSet<string> ended)
    {
        var isDue = entry is { IsPending: true } && (plan.IsDue(entry) || ended.Contains(card.Id));
        return new SyncItem(card, job.Table.StatusField, entry, isDue ? ItemSource.Due : ItemSource.Window, version: 0)
        {
            IsPassed = plan.HasPassed(card.Modified),
        };
    }

    // What was delivered is told first of all: a deal that was won and taken back has its ticket all the same.
    private FateKind KindOf(SyncItem item, RunPlan plan) =>
        item.Mapping switch
        {
            null when item.Entry?.DeliveredAt is not null => FateKind.Delivered,
            null => KeptOut(item.Card, plan) ?? FateKind.ToBeSent,
            MappingResult.OutOfScope => FateKind.OutOfScope,
            MappingResult.Invalid => FateKind.Invalid,
            MappingResult.Unreadable or MappingResult.Missing => FateKind.Unreadable,
            MappingResult.NotEligible => FateKind.OtherStage,
            MappingResult.Ready ready when item.Entry is { PayloadHash: { } last } entry && last == fingerprints.Of(ready.PayloadHash) =>
                entry.Outcome switch
                {
                    RecordOutcome.Delivered => FateKind.Delivered,
                    RecordOutcome.Refused => FateKind.Refused,
                    RecordOutcome.Unclear => FateKind.Unclear,
                    RecordOutcome.WaitsForClient => FateKind.WaitsForClient,
                    _ => FateKind.ToBeSent,
                },
            _ => item.Entry?.DeliveredAt is null ? FateKind.ToBeSent : FateKind.DeliveredAndChanged,
        };

    private FateKind? KeptOut(Card card, RunPlan plan) =>
        card.Created <= settings.Sync.StartDate ? FateKind.CreatedTooEarly
        : EntityQueries.IsTemplate(card) ? FateKind.Template
        : !job.Table.IsEligible(card) ? FateKind.OtherStage
        : plan.State.StartBound is { } bound && card.Modified <= bound ? FateKind.ChangedTooEarly
        : null;

    private static string? ProblemOf(SyncItem item) =>
        item.Mapping switch
        {
            MappingResult.Invalid invalid => invalid.Status,
            MappingResult.Unreadable unreadable => unreadable.Status,
            MappingResult.Ready when item.Entry is { IsFailing: true, Outcome: not RecordOutcome.Invalid } => item.Status,
            _ => null,
        };

    private bool IsNext(SyncItem item, RunPlan plan) =>
        item.Source == ItemSource.Due
        || (
            KeptOut(item.Card, plan) is null
            && Decide.ActionFor(item, fingerprints, plan.Now) is SyncAction.Send or SyncAction.Withhold or SyncAction.WriteStatus
        );

    private async Task<PreviewValues?> LabelsAsync(List<SyncItem> items, CancellationToken cancellationToken) =>
        items.Exists(item => item.Mapping is MappingResult.OutOfScope)
            ? new PreviewValues(await new PortalQuestions(bitrix24).FieldsAsync(job.Table.Entity, cancellationToken))
            : null;

    private async Task<IReadOnlyDictionary<string, string>> StagesAsync(List<SyncItem> items, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>();
        var ids = items.Select(item => item.Card.Text(EntityQueries.Stage)).OfType<string>().Concat(job.Table.Stages).Distinct();
        foreach (var pipeline in ids.GroupBy(id => id.Contains(':', StringComparison.Ordinal) ? id.Split(':')[0] : ""))
        {
            var (stages, _) = await new PortalQuestions(bitrix24).StagesAsync(pipeline.First(), cancellationToken);
            foreach (var (id, name) in stages ?? new Dictionary<string, string>())
            {
                names.TryAdd(id, name);
            }
        }

        return names;
    }
}
