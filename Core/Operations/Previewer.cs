using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Tells what would happen to one record, by the same plan, mapping and decision as a run. Writes nothing anywhere; otmechalka is only
/// searched.
/// </summary>
internal sealed class Previewer(
    JobFactory jobs,
    JobStores stores,
    Bitrix24Client bitrix24,
    CardLinks links,
    Settings settings,
    Fingerprints fingerprints,
    TimeProvider time
)
{
    /// <summary>Looks at one record; <see langword="null"/> when Bitrix24 has none with this ID, or does not show it.</summary>
    /// <exception cref="UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task<Preview?> PreviewAsync(SyncJob job, string id, CancellationToken cancellationToken)
    {
        var definition = jobs.Create(job);
        var found = await new CardLookup(bitrix24, definition.Table).ReadAsync([id], cancellationToken);
        if (found.Eligible.Concat(found.NotEligible).SingleOrDefault() is not { } card)
        {
            return found.Unreadable.Count > 0
                ? throw Bitrix24Client.FailedRead(definition.Table.ListMethod, $"the card cannot be read: {found.Unreadable[0].Reason}")
                : null;
        }

        var store = stores.Of(job);
        var plan = RunPlan.For(
            await store.ReadStateAsync(cancellationToken),
            definition.ConfigurationHash,
            definition.Start.Value,
            settings.Sync,
            time.GetUtcNow()
        );
        var entry = (await store.PeekAsync([id], cancellationToken)).GetValueOrDefault(id);
        var isDue =
            entry is { IsPending: true } && (plan.IsDue(entry) || (await definition.EndedWaitsAsync([entry], cancellationToken)).Count > 0);
        var explained = await definition.ExplainAsync(card, cancellationToken);
        var eligibility = new Eligibility(definition, settings.Sync, plan);
        var hindrances = eligibility.Hindrances(card);
        var action =
            hindrances.Count > 0 && !isDue ? SyncAction.Nothing : ActionFor(definition, card, entry, isDue, explained.Result, plan);
        var preview = new Preview
        {
            Job = job,
            Id = id,
            Link = links.Of(job, id),
            Created = card.Created,
            Modified = card.Modified,
            Values = await ValuesAsync(definition.Table, card, explained, cancellationToken),
            KeptOutBy = explained.Result is MappingResult.OutOfScope ? [.. hindrances, OperationsStrings.Of("KeptByScope")] : hindrances,
            Mapping = KindOf(explained.Result),
            Payload = explained.Result is MappingResult.Ready ready ? definition.PayloadOf(ready) : [],
            IsSameAsLastSent =
                explained.Result is MappingResult.Ready same
                && entry is { PayloadHash: { } last, Outcome: not RecordOutcome.WaitsForClient }
                    ? last == fingerprints.Of(same.PayloadHash)
                    : null,
            When = eligibility.When(card, entry, isDue, hindrances.Count > 0),
            Status = card.Text(definition.Table.StatusField),
            Ledger = entry,
        };
        return await new Prediction(definition).CompleteAsync(preview, action, explained.Result, cancellationToken);
    }

    private SyncAction ActionFor(JobDefinition job, Card card, LedgerEntry? entry, bool isDue, MappingResult mapping, RunPlan plan)
    {
        var item = new SyncItem(card, job.Table.StatusField, entry, isDue ? ItemSource.Due : ItemSource.Window, version: 0)
        {
            IsPassed = plan.HasPassed(card.Modified),
        };
        item.Mapping = Decide.NeedsMapping(item, job.DeliversOnce) ? mapping : null; // as a run does it
        return Decide.ActionFor(item, fingerprints, plan.Now);
    }

    private async Task<IReadOnlyList<PreviewValue>> ValuesAsync(
        EntityQueries table,
        Card card,
        ExplainedMapping explained,
        CancellationToken cancellationToken
    )
    {
        var values = new PreviewValues(await new PortalQuestions(bitrix24).FieldsAsync(table.Entity, cancellationToken));
        IEnumerable<string> columns =
            table.Stages.Count > 0 ? [EntityQueries.Stage, EntityQueries.Recurring, .. table.Columns] : table.Columns;
        return [.. values.Of(card, columns), .. explained.Details.Select(detail => new PreviewValue(detail.Name, null, detail.Value))];
    }

    private static PreviewMapping KindOf(MappingResult mapping) =>
        mapping switch
        {
            MappingResult.OutOfScope => PreviewMapping.OutOfScope,
            MappingResult.Invalid => PreviewMapping.Invalid,
            MappingResult.Unreadable or MappingResult.Missing => PreviewMapping.Unreadable,
            _ => PreviewMapping.Ready,
        };
}
