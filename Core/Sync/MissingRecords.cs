using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// After a full resync: finds the records that the ledger knows and Bitrix24 did not show, so that nothing of a deleted or merged card
/// stays (docs/spec.md, section 6, invariant 9). They are looked at by their IDs: one that is there after all, in another stage or created
/// too early, is left alone. A resync that several runs were needed for has shown the last of them its rest only; what the others were
/// shown is looked at by ID, too. That one answer without a card is no proof is the rule of <see cref="LedgerTransitions.Missing"/>.
/// </summary>
internal sealed class MissingRecords(CardLookup lookup, LedgerSession ledger, LedgerTransitions transitions, RunPlan plan)
{
    /// <summary>So many cards are one request, and are in memory at the same time.</summary>
    private const int AtOnce = CardLookup.CardsPerRequest;

    /// <summary>Looks at the records and notes what is missing.</summary>
    /// <param name="shown">The IDs that this run was shown.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <exception cref="Http.UnavailableException">Bitrix24 or the storage cannot be used now.</exception>
    public async Task NoteAsync(IReadOnlySet<string> shown, CancellationToken cancellationToken)
    {
        var entries = await ledger.ReadAllAsync(cancellationToken);
        foreach (var portion in entries.Where(entry => !shown.Contains(entry.Id) && entry.MissingSince is null).Chunk(AtOnce))
        {
            var hidden = portion.ToDictionary(entry => entry.Id);
            var found = await lookup.ReadAsync(hidden.Keys, cancellationToken);
            var missing = found.Missing.Select(id => transitions.Missing(hidden[id], plan.Now));
            var left = found.NotEligible.Select(card => transitions.LeftAlone(hidden[card.Id])).Where(transition => transition.Forgets);
            await ledger.CommitAsync([.. missing.Concat(left).Select(transition => transition.Change)], null);
        }
    }
}
