using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Decides what is to be done with a record: by comparing what it maps to with what the ledger knows, never by who changed it or when.
/// Pure. The first row that fits counts. «As known» means that nothing has changed: then only the status text may be left to do.
/// <list type="table">
/// <listheader><term>mapping</term><description>ledger → action</description></listheader>
/// <item><term>not mapped (a ticket that is there)</term><description>any → as known</description></item>
/// <item><term>missing</term><description>any → <see cref="SyncAction.NoteMissing"/></description></item>
/// <item><term>not eligible</term><description>any → <see cref="SyncAction.LeaveAlone"/></description></item>
/// <item><term>out of scope</term><description>out of scope, not forced → as known; else → <see
/// cref="SyncAction.Withhold"/></description></item>
/// <item><term>invalid</term><description>invalid with the same text, not forced → as known; invalid with the same problems in former
/// words, which the card holds, and the checkpoint has passed it → <see cref="SyncAction.Nothing"/>; else → <see
/// cref="SyncAction.Withhold"/></description></item>
/// <item><term>unreadable</term><description>refused, next try not due, not forced → <see cref="SyncAction.Wait"/>; else → <see
/// cref="SyncAction.Withhold"/></description></item>
/// <item><term>ready</term><description>a create without an answer may still arrive → <see cref="SyncAction.Wait"/>, whatever has
/// changed</description></item>
/// <item><term>ready</term><description>same payload, not forced: delivered → as known; refused, unclear or waiting → <see
/// cref="SyncAction.Send"/> when due, else <see cref="SyncAction.Wait"/></description></item>
/// <item><term>ready</term><description>anything else → <see cref="SyncAction.Send"/></description></item>
/// </list>
/// «As known» is <see cref="SyncAction.Nothing"/> when the status field holds what it should, <see cref="SyncAction.Wait"/> when its text
/// is owed and not due, else <see cref="SyncAction.WriteStatus"/>.
/// </summary>
internal static class Decide
{
    /// <summary>
    /// Whether the record is to be sent again although nothing has changed: a manager has cleared the status that is known to have been
    /// there (docs/spec.md, section 6, invariant 7), or the operator asked for it.
    /// </summary>
    public static bool IsForced(SyncItem item) =>
        item.Entry is { } entry
        && (entry.Forced || (entry is { StatusHash: not null, StatusOwed: false } && item is { HasStatusField: true, Status: null }));

    /// <summary>
    /// Whether the record has to be mapped to decide. Mapping a deal costs requests, and a delivered one is never sent again.
    /// </summary>
    public static bool NeedsMapping(SyncItem item, bool deliversOnce) =>
        !(deliversOnce && item.Entry?.Outcome == RecordOutcome.Delivered) || IsForced(item);

    /// <summary>Decides.</summary>
    /// <param name="item">The record, mapped where that is needed.</param>
    /// <param name="fingerprints">How payloads and texts are made unreadable for the ledger.</param>
    /// <param name="now">Our clock when the run began, or its late creates.</param>
    public static SyncAction ActionFor(SyncItem item, Fingerprints fingerprints, DateTimeOffset now)
    {
        var (entry, forced) = (item.Entry, IsForced(item));
        return item.Mapping switch
        {
            null => AsKnown(item, StatusLine.Success, now),
            MappingResult.Missing => SyncAction.NoteMissing,
            MappingResult.NotEligible => SyncAction.LeaveAlone,
            MappingResult.OutOfScope => entry?.Outcome == RecordOutcome.OutOfScope && !forced
                ? AsKnown(item, StatusLine.Success, now)
                : SyncAction.Withhold,
            MappingResult.Invalid invalid when !forced && IsInvalidWith(entry, invalid.Status, fingerprints) => AsKnown(
                item,
                invalid.Status,
                now
            ),
            MappingResult.Invalid invalid when !forced && HoldsFormerText(item, invalid, fingerprints) => SyncAction.Nothing,
            MappingResult.Invalid => SyncAction.Withhold,
            MappingResult.Unreadable => entry?.Outcome == RecordOutcome.Refused && !item.IsDueAt(now) && !forced
                ? SyncAction.Wait
                : SyncAction.Withhold,
            MappingResult.Ready when entry?.NotBefore > now => SyncAction.Wait,
            MappingResult.Ready ready when !forced && entry?.PayloadHash == fingerprints.Of(ready.PayloadHash) => entry!.Outcome switch
            {
                RecordOutcome.Delivered => AsKnown(item, StatusLine.Success, now),
                RecordOutcome.Refused or RecordOutcome.Unclear or RecordOutcome.WaitsForClient when !item.IsDueAt(now) => SyncAction.Wait,
                _ => SyncAction.Send,
            },
            _ => SyncAction.Send,
        };
    }

    private static bool IsInvalidWith(LedgerEntry? entry, string text, Fingerprints fingerprints) =>
        entry?.Outcome == RecordOutcome.Invalid && entry.StatusHash == fingerprints.Of(StatusLine.Hash(text));

    // When we word our texts anew, a full resync would else write every card that is wrong, all in one run.
    private static bool HoldsFormerText(SyncItem item, MappingResult.Invalid invalid, Fingerprints fingerprints) =>
        item is { IsPassed: true, Source: not ItemSource.Due, Entry.StatusOwed: false }
        && invalid.FormerStatus is { } former
        && item.Status == former
        && IsInvalidWith(item.Entry, former, fingerprints);

    // A text that Bitrix24 would not take is tried again when that is due, and not in each run whose window holds the card.
    private static SyncAction AsKnown(SyncItem item, string expected, DateTimeOffset now) =>
        item.Entry switch
        {
            { StatusOwed: false } when item.Status == expected => SyncAction.Nothing,
            { StatusOwed: true } when !item.IsDueAt(now) => SyncAction.Wait,
            _ => SyncAction.WriteStatus,
        };
}
