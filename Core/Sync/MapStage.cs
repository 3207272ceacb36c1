using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Core.Sync;

/// <summary>Map and decide: what each record maps to, and what is to be done with it.</summary>
/// <param name="job">The job, whose mapper is used.</param>
/// <param name="fingerprints">How payloads and texts are made unreadable for the ledger.</param>
/// <param name="now">Our clock when the run began, or its late creates: what is due is judged by it.</param>
internal sealed class MapStage(JobDefinition job, Fingerprints fingerprints, DateTimeOffset now)
{
    /// <summary>Maps and decides. Records seen before are left as they are.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now: some mappings need more than the card.</exception>
    public async Task<IReadOnlyList<SyncItem>> MapAsync(IReadOnlyList<SyncItem> items, CancellationToken cancellationToken)
    {
        var toMap = items.Where(item => item.Source != ItemSource.SeenBefore && Decide.NeedsMapping(item, job.DeliversOnce)).ToList();
        // Refused, and nothing was sent: Bitrix24 refused the record's details.
        var failing = toMap.Where(item => item.Entry is { Outcome: RecordOutcome.Refused, PayloadHash: null }).Select(item => item.Id);
        var mappings =
            toMap.Count == 0 ? [] : await job.MapAsync(toMap.ConvertAll(item => item.Card), failing.ToHashSet(), cancellationToken);
        foreach (var (item, mapping) in toMap.Zip(mappings))
        {
            item.Mapping = mapping;
        }

        foreach (var item in items.Where(item => item.Source != ItemSource.SeenBefore))
        {
            item.Action = Decide.ActionFor(item, fingerprints, now);
        }

        return items;
    }
}
