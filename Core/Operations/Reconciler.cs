using System.Collections.Concurrent;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Compares both CRMs record by record: all that counts in Bitrix24 is read and searched in otmechalka. Clients are compared by their
/// members, tickets only by being there, for they are not changed once they are. Writes nothing.
/// </summary>
internal sealed class Reconciler(JobFactory jobs, JobStores stores, Bitrix24Client bitrix24, Settings settings, TimeProvider time)
{
    /// <summary>Compares.</summary>
    /// <param name="job">Contacts or deals.</param>
    /// <param name="progress">Told how many records have been compared.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="Http.UnavailableException">A CRM or the storage cannot be used now.</exception>
    public async Task<Reconciliation> CompareAsync(SyncJob job, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var snapshot = await stores.Of(job).InspectAsync(cancellationToken);
        var (definition, entries) = (jobs.Create(job), snapshot.Entries.ToDictionary(entry => entry.Id));
        var plan = RunPlan.For(snapshot.State, definition.ConfigurationHash, definition.Start.Value, settings.Sync, time.GetUtcNow());
        var seen = new HashSet<string>();
        var found = new Reconciliation { Job = job };
        var compared = new List<Discrepancy?>();
        await foreach (var portion in new WindowReader(bitrix24, definition.Table).ReadAsync(plan.StartBound, 0, cancellationToken))
        {
            seen.UnionWith(portion.Unreadable.Select(row => row.Id).OfType<string>()); // there, though they cannot be read
            foreach (var cards in portion.Cards.Where(card => seen.Add(card.Id)).Chunk(ReadStage.RecordsAtOnce))
            {
                var mappings = await definition.MapAsync(cards, [], cancellationToken);
                var ready = cards
                    .Zip(mappings)
                    .Where(pair => pair.Second is MappingResult.Ready)
                    .Select(pair => (pair.First.Id, (MappingResult.Ready)pair.Second));
                compared.AddRange(await CompareAsync(definition, ready, entries, cancellationToken));
                found = Count(found, cards, mappings, entries);
                progress?.Report(found.Read);
            }
        }

        var hidden = await new CardLookup(bitrix24, definition.Table).ReadAsync(
            [.. entries.Values.Where(entry => entry.DeliveredAt is not null && !seen.Contains(entry.Id)).Select(entry => entry.Id)],
            cancellationToken
        );
        return found with
        {
            There = compared.Count(one => one is null),
            Waiting = compared.Count(one => one?.Comparison == Comparison.WaitsForClient),
            Discrepancies =
            [
                .. InOrder(compared.OfType<Discrepancy>().Where(one => one.Comparison != Comparison.WaitsForClient), one => one.Id),
            ],
            UnknownToBitrix24 = [.. InOrder(hidden.Missing, id => id)],
            NotEligibleAnyMore = [.. InOrder(hidden.NotEligible.Select(card => card.Id), id => id)],
        };
    }

    private static Reconciliation Count(
        Reconciliation found,
        Card[] cards,
        IReadOnlyList<MappingResult> mappings,
        Dictionary<string, LedgerEntry> entries
    ) =>
        found with
        {
            Read = found.Read + mappings.Count(mapped => mapped is not (MappingResult.NotEligible or MappingResult.Missing)),
            OutOfScope = found.OutOfScope + mappings.Count(mapped => mapped is MappingResult.OutOfScope),
            Invalid = found.Invalid + mappings.Count(mapped => mapped is MappingResult.Invalid or MappingResult.Unreadable),
            UnknownToLedger = found.UnknownToLedger + cards.Count(card => !entries.ContainsKey(card.Id)),
        };

    // So many at the same time as a run sends.
    private async Task<IReadOnlyCollection<Discrepancy?>> CompareAsync(
        JobDefinition job,
        IEnumerable<(string Id, MappingResult.Ready Ready)> ready,
        Dictionary<string, LedgerEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var queue = new ConcurrentQueue<(string Id, MappingResult.Ready Ready)>(ready);
        var found = new ConcurrentBag<Discrepancy?>();
        await Task.WhenAll(Enumerable.Range(0, settings.Otmechalka.Concurrency).Select(_ => WorkAsync()));
        return found;

        async Task WorkAsync()
        {
            while (queue.TryDequeue(out var one))
            {
                found.Add(await CompareAsync(job, one.Id, one.Ready, entries.GetValueOrDefault(one.Id), cancellationToken));
            }
        }
    }

    private static async Task<Discrepancy?> CompareAsync(
        JobDefinition job,
        string id,
        MappingResult.Ready ready,
        LedgerEntry? entry,
        CancellationToken cancellationToken
    )
    {
        var held = await job.LookAsync(ready, cancellationToken);
        return held switch
        {
            { IsThere: null } => new Discrepancy(id, Comparison.Unclear, [], entry?.Outcome, held.Problem),
            { IsThere: true, Differences.Count: 0 } => null,
            { IsThere: true } => new Discrepancy(
                id,
                Comparison.Different,
                [.. held.Differences.Select(one => one.Name)],
                entry?.Outcome,
                entry?.Code
            ),
            // A deal that only waits for its client is as it should be.
            _ when (await job.OutcomeBySearchAsync(ready, cancellationToken))?.Outcome == RecordOutcome.WaitsForClient => new Discrepancy(
                id,
                Comparison.WaitsForClient,
                [],
                entry?.Outcome,
                entry?.Code
            ),
            _ => new Discrepancy(id, Comparison.Missing, [], entry?.Outcome, entry?.Code),
        };
    }

    // IDs are numbers written as text.
    private static IOrderedEnumerable<T> InOrder<T>(IEnumerable<T> items, Func<T, string> id) =>
        items.OrderBy(item => id(item).Length).ThenBy(id, StringComparer.Ordinal);
}
