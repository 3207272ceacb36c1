using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>What is to be done with a record that was read.</summary>
internal enum Step
{
    /// <summary>Nothing: it is known as it is. This is what breaks the echo of our own status write.</summary>
    Pass,

    /// <summary>Only its status field does not hold what it should.</summary>
    RestoreStatus,

    /// <summary>Its outcome is clear without otmechalka: out of scope, or a broken format.</summary>
    Settle,

    /// <summary>It is not eligible any more: it is left alone, and nothing is owed it.</summary>
    Leave,

    /// <summary>It is sent.</summary>
    Send,
}

/// <summary>
/// Decides by content, never by who changed a record or when: the mapping's result is compared with what the ledger knows.
/// </summary>
internal static class Decision
{
    /// <summary>
    /// Whether a person asks for the record to be sent again, by clearing the status that we know to have been there
    /// (spec 6, invariant 7), or the operator by a command.
    /// </summary>
    public static bool IsForced(LedgerEntry? entry, SyncRecord record) =>
        entry is not null && (entry.Forced || (entry is { StatusHash: not null, StatusOwed: false } && record is { HasStatusField: true, Status: null } && Mechanism.ClearedStatus.IsOn()));

    /// <summary>Whether the record has to be mapped to decide; mapping a deal costs requests.</summary>
    public static bool NeedsMapping(LedgerEntry? entry, SyncRecord record, bool deliversOnce) =>
        !(deliversOnce && entry?.Outcome == RecordOutcome.Delivered) || IsForced(entry, record);

    /// <summary>Decides.</summary>
    /// <param name="entry">What is known of the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="mapped">Its mapping; <see langword="null"/> when it need not be mapped.</param>
    /// <param name="now">Our clock.</param>
    public static Step Of(LedgerEntry? entry, SyncRecord record, Mapped? mapped, DateTimeOffset now)
    {
        var forced = IsForced(entry, record);
        switch (mapped)
        {
            case null:
                return Known(entry, record, StatusLine.Success);
            case Mapped.NotEligible:
                return Step.Leave;
            case Mapped.OutOfScope:
                return entry?.Outcome == RecordOutcome.OutOfScope && !forced ? Known(entry, record, StatusLine.Success) : Step.Settle;
            case Mapped.Invalid invalid:
                return entry?.Outcome == RecordOutcome.Invalid && entry.StatusHash == record.StatusHash(invalid.Status) && !forced
                    ? Known(entry, record, invalid.Status)
                    : Step.Settle;
            case Mapped.Unreadable:
                return entry?.Outcome == RecordOutcome.Refused && !IsDue(entry, now) && !forced ? Step.Pass : Step.Settle;
            case Mapped.Ready ready when entry is not null && entry.PayloadHash == ready.PayloadHash && !forced && Mechanism.EchoSuppression.IsOn():
                return entry.Outcome switch
                {
                    RecordOutcome.Delivered => Known(entry, record, StatusLine.Success),
                    RecordOutcome.Refused or RecordOutcome.Unclear or RecordOutcome.WaitsForClient => IsDue(entry, now) ? Step.Send : Step.Pass,
                    _ => Step.Send,
                };
            default:
                return Step.Send;
        }
    }

    /// <summary>Whether later runs owe the entry something now.</summary>
    public static bool IsDue(LedgerEntry entry, DateTimeOffset now) => entry.NextTry is null || entry.NextTry <= now;

    private static Step Known(LedgerEntry? entry, SyncRecord record, string expected) =>
        record.Status == expected && entry is { StatusOwed: false } ? Step.Pass : Step.RestoreStatus;
}
