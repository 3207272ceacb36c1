using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>What a record came to: the entry to store, the text its card should hold, and how it counts.</summary>
/// <param name="Entry">The entry, with the status owed unless the card holds the text already.</param>
/// <param name="Status">The text; <see langword="null"/> when none is to be written.</param>
/// <param name="Handling">How it counts; <see langword="null"/> when it was not handled anew.</param>
internal sealed record Outcome(LedgerEntry Entry, string? Status, Handling? Handling)
{
    public bool OwesStatus => Status is not null && Entry.StatusOwed;

    /// <summary>Whether otmechalka has taken the record for the first time.</summary>
    public bool IsFirstDelivery { get; init; }
}

/// <summary>Turns what happened to a record into its <see cref="Outcome"/>.</summary>
internal static class Outcomes
{
    /// <summary>What one machine writes down by its clock, another one judges by its own.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>The record is known as it is; only its status field is to be set right.</summary>
    public static Outcome Restored(LedgerEntry entry, SyncRecord record, Mapped? mapped)
    {
        var text = mapped is Mapped.Invalid invalid ? invalid.Status : StatusLine.Success;
        return new Outcome(WithStatus(entry with { NextTry = null }, record, text), text, null);
    }

    /// <summary>The record's outcome is clear without otmechalka.</summary>
    public static Outcome Settled(LedgerEntry? known, SyncRecord record, Mapped mapped, DateTimeOffset now)
    {
        var entry = Begin(known, record);
        return mapped switch
        {
            Mapped.OutOfScope => Done(entry with { Outcome = RecordOutcome.OutOfScope, PayloadHash = null }, record, Handling.OutOfScope),
            Mapped.Invalid invalid => new Outcome(
                WithStatus(Failing(entry, now) with { Outcome = RecordOutcome.Invalid, PayloadHash = null, Code = "format", NextTry = null, Attempts = 0 }, record, invalid.Status),
                invalid.Status,
                Handling.Failed),
            Mapped.Unreadable unreadable => Refused(entry, record, null, RecordOutcome.Refused, unreadable.Status, unreadable.Code, now),
            _ => throw new ArgumentException("Not settled by its mapping.", nameof(mapped)),
        };
    }

    /// <summary>The record was sent.</summary>
    public static Outcome Sent(LedgerEntry? known, SyncRecord record, string payloadHash, Delivery delivery, DateTimeOffset now)
    {
        var entry = Begin(known, record) with { NotBefore = null };
        switch (delivery.Kind)
        {
            case DeliveryKind.Created or DeliveryKind.Updated or DeliveryKind.Unchanged:
                var handling = delivery.Kind == DeliveryKind.Created ? Handling.Created : delivery.Kind == DeliveryKind.Updated ? Handling.Updated : Handling.Unchanged;
                var taken = Done(entry with { Outcome = RecordOutcome.Delivered, PayloadHash = payloadHash, DeliveredAt = now }, record, handling);
                return taken with { IsFirstDelivery = known?.DeliveredAt is null };
            case DeliveryKind.Unclear:
                var unclear = Refused(entry, record, payloadHash, RecordOutcome.Unclear, delivery.Status!, delivery.Code, now);
                var notBefore = delivery.NotBefore > TimeSpan.Zero && Mechanism.WaitForLateCreate.IsOn() ? now + delivery.NotBefore + ClockDifference : now;
                var nextTry = Later(unclear.Entry.NextTry, notBefore);
                // The first time it is most likely mended by the next run: no reason to alarm a manager.
                return unclear.Entry.Attempts > 1
                    ? unclear with { Entry = unclear.Entry with { NextTry = nextTry, NotBefore = notBefore } }
                    : new Outcome(entry with { Outcome = RecordOutcome.Unclear, PayloadHash = payloadHash, Attempts = 1, NextTry = nextTry, NotBefore = notBefore, Code = delivery.Code, FailingSince = entry.FailingSince ?? now }, null, Handling.Failed);
            case DeliveryKind.WaitsForClient:
                var waiting = Refused(entry, record, payloadHash, RecordOutcome.WaitsForClient, delivery.Status!, delivery.Code, now);
                return waiting with { Entry = waiting.Entry with { WaitsFor = delivery.WaitsFor, WaitsSince = delivery.WaitsSince } };
            default:
                return Refused(entry, record, payloadHash, RecordOutcome.Refused, delivery.Status!, delivery.Code, now);
        }
    }

    /// <summary>The record is not in Bitrix24 any more, or not eligible: nothing is owed it.</summary>
    public static LedgerEntry Gone(LedgerEntry entry) => entry with
    {
        StatusOwed = false,
        NextTry = null,
        Forced = false,
        Outcome = entry.Outcome == RecordOutcome.Queued ? RecordOutcome.OutOfScope : entry.Outcome,
    };

    private static LedgerEntry Begin(LedgerEntry? known, SyncRecord record) =>
        (known ?? new LedgerEntry { Id = record.Id }) with { Modified = record.Modified, Forced = false, WaitsFor = null, WaitsSince = null };

    private static Outcome Done(LedgerEntry entry, SyncRecord record, Handling handling) => new(
        WithStatus(entry with { Attempts = 0, NextTry = null, FailingSince = null, Code = null }, record, StatusLine.Success),
        StatusLine.Success,
        handling);

    private static Outcome Refused(
        LedgerEntry entry, SyncRecord record, string? payloadHash, RecordOutcome outcome, string status, string? code, DateTimeOffset now)
    {
        // A changed record starts over: it is tried again at once.
        var attempts = entry.PayloadHash == payloadHash && entry.Outcome == outcome ? entry.Attempts + 1 : 1;
        var failing = Failing(entry, now) with
        {
            Outcome = outcome,
            PayloadHash = payloadHash,
            Code = code,
            Attempts = attempts,
            NextTry = now + Backoff.After(attempts),
        };
        return new Outcome(WithStatus(failing, record, status), status, Handling.Failed);
    }

    private static LedgerEntry Failing(LedgerEntry entry, DateTimeOffset now) => entry with { FailingSince = entry.FailingSince ?? now };

    private static LedgerEntry WithStatus(LedgerEntry entry, SyncRecord record, string text) =>
        entry with { StatusHash = record.StatusHash(text), StatusOwed = record.Status != text };

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one : other;
}
