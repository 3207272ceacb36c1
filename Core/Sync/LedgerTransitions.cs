using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Sync;

/// <summary>What is to be stored of a record, and the text that its card should hold.</summary>
/// <param name="Entry">The entry to store.</param>
/// <param name="Status">The text to write; <see langword="null"/> when the card holds it already, or when none is due.</param>
internal sealed record Transition(LedgerEntry Entry, string? Status)
{
    /// <summary>Whether otmechalka has taken the record for the first time.</summary>
    public bool IsFirstDelivery { get; init; }

    /// <summary>Whether the ledger is to forget the record instead.</summary>
    public bool Forgets { get; init; }

    /// <summary>What the ledger is to store.</summary>
    public LedgerChange Change => new(Entry, Forgets);
}

/// <summary>
/// How a ledger entry changes: the arrows of the state diagram in <c>docs/architecture.md</c>. Pure; each takes what was known and what
/// happened, and gives what is to be stored.
/// </summary>
/// <param name="fingerprints">How payloads and texts are made unreadable for the ledger.</param>
/// <param name="now">Our clock.</param>
internal sealed class LedgerTransitions(Fingerprints fingerprints, DateTimeOffset now)
{
    /// <summary>What one machine writes down by its clock, another one judges by its own.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The record is to be sent, whatever is known of it: the operator asks for it, or a run is about to change what otmechalka has and
    /// may not live to store what came of it.
    /// </summary>
    public static Transition Marked(LedgerEntry? entry, string id) =>
        new((entry ?? new LedgerEntry { Id = id }) with { Forced = true, NextTry = null, MissingSince = null }, null);

    /// <summary>The record needs nothing but, perhaps, its status text: nothing else is owed to it.</summary>
    public Transition Known(SyncItem item)
    {
        var text = item.Mapping is MappingResult.Invalid invalid ? invalid.Status : StatusLine.Success;
        return WithStatus(item.Entry! with { NextTry = null, MissingSince = null }, item, text);
    }

    /// <summary>
    /// The record is not sent: what it maps to says why. A create that may still arrive stays known, with a next try when that is over: the
    /// record may be mended by then.
    /// </summary>
    public Transition Withheld(SyncItem item)
    {
        var withheld = WithheldNow(item);
        return item.Entry?.NotBefore is { } notBefore && notBefore > now
            ? withheld with
            {
                Entry = withheld.Entry with { NotBefore = notBefore, NextTry = notBefore },
            }
            : withheld;
    }

    /// <summary>The record was sent.</summary>
    public Transition Sent(SyncItem item)
    {
        var (delivery, payloadHash) = (item.Delivery!, fingerprints.Of(((MappingResult.Ready)item.Mapping!).PayloadHash));
        switch (delivery.Outcome)
        {
            case RecordOutcome.Delivered:
                var taken = Done(
                    Begin(item) with
                    {
                        Outcome = RecordOutcome.Delivered,
                        PayloadHash = payloadHash,
                        DeliveredAt = now,
                    },
                    item
                );
                return taken with { IsFirstDelivery = item.Entry?.DeliveredAt is null };
            case RecordOutcome.Unclear:
                return Unclear(item, payloadHash);
            case RecordOutcome.WaitsForClient:
                var waiting = Failed(item, RecordOutcome.WaitsForClient, payloadHash, delivery.Status!, delivery.Code);
                return waiting with
                {
                    Entry = waiting.Entry with { WaitsFor = delivery.WaitsFor, ClientWasDeliveredAt = delivery.ClientWasDeliveredAt },
                };
            default:
                return Failed(item, RecordOutcome.Refused, payloadHash, delivery.Status!, delivery.Code);
        }
    }

    /// <summary>
    /// The record is in Bitrix24 but not eligible any more: nothing is owed to it. Only that otmechalka has taken it as it is known here is
    /// worth remembering, or that a create may still arrive. Whatever else was known is forgotten: if the record becomes eligible again, it
    /// is searched in otmechalka as a new one is.
    /// </summary>
    public Transition LeftAlone(LedgerEntry entry)
    {
        var left = entry with { StatusOwed = false, Forced = false, MissingSince = null };
        return entry is { Outcome: RecordOutcome.Delivered, Forced: false } ? new Transition(WithoutFailure(left), null)
            : entry.NotBefore > now ? new Transition(left, null)
            : new Transition(left, null) { Forgets = true };
    }

    /// <summary>
    /// Bitrix24 does not show the record (docs/spec.md, section 6, invariant 9). One answer without it is no proof: what is owed to it
    /// stays owed, and a second look, in another run, decides.
    /// </summary>
    /// <param name="entry">What was known of it.</param>
    /// <param name="runStarted">When this run began.</param>
    public Transition Missing(LedgerEntry entry, DateTimeOffset runStarted) =>
        entry.MissingSince < runStarted && !(entry.NotBefore > now)
            ? new Transition(entry, null) { Forgets = true }
            : new Transition(entry with { MissingSince = entry.MissingSince ?? now }, null);

    /// <summary>Bitrix24 was given the status text; <see langword="null"/> when nothing changes by that.</summary>
    /// <param name="entry">The entry as stored when the text was owed.</param>
    /// <param name="result">What became of the text.</param>
    /// <param name="code">For a denied one: Bitrix24's code.</param>
    public Transition? StatusWritten(LedgerEntry entry, StatusWriteResult result, string? code) =>
        result switch
        {
            StatusWriteResult.Written or StatusWriteResult.Held when entry.IsFailing => new(entry with { StatusOwed = false }, null),
            StatusWriteResult.Written or StatusWriteResult.Held => new(WithoutFailure(entry) with { StatusOwed = false }, null),
            // The look found the card and the update did not: such a card gets its text less and less often.
            StatusWriteResult.Missing => new(Denied(entry, "NOT_FOUND") with { MissingSince = entry.MissingSince ?? now }, null),
            StatusWriteResult.NotEligible => LeftAlone(entry),
            StatusWriteResult.Denied => new(Denied(entry, code), null),
            // The text of a refusal is not stored, because it may hold personal data: it is had again by trying again, in the next run.
            StatusWriteResult.Changed or StatusWriteResult.Postponed => entry.NextTry is null
                ? null
                : new(entry with { NextTry = now }, null),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };

    private Transition WithheldNow(SyncItem item) =>
        item.Mapping switch
        {
            MappingResult.OutOfScope => Done(Begin(item) with { Outcome = RecordOutcome.OutOfScope, PayloadHash = null }, item),
            MappingResult.Invalid invalid => WithStatus(
                Failing(Begin(item)) with
                {
                    Outcome = RecordOutcome.Invalid,
                    PayloadHash = null,
                    Code = "format",
                    NextTry = null,
                    Attempts = 0,
                },
                item,
                invalid.Status
            ),
            MappingResult.Unreadable unreadable => Failed(item, RecordOutcome.Refused, null, unreadable.Status, unreadable.Code),
            _ => throw new InvalidOperationException("The record is to be sent."),
        };

    private Transition Unclear(SyncItem item, string payloadHash)
    {
        var delivery = item.Delivery!;
        var failed = Failed(item, RecordOutcome.Unclear, payloadHash, delivery.Status!, delivery.Code);
        var notBefore = delivery.MayArriveWithin > TimeSpan.Zero ? now + delivery.MayArriveWithin + ClockDifference : now;
        var entry = failed.Entry with
        {
            NotBefore = notBefore,
            NextTry = failed.Entry.NextTry > notBefore ? failed.Entry.NextTry : notBefore,
        };
        // The first time it is most likely mended by the next run: no reason to alarm a manager, so the card keeps what it holds.
        return entry.Attempts > 1
            ? failed with
            {
                Entry = entry,
            }
            : new Transition(entry with { StatusHash = item.Entry?.StatusHash, StatusOwed = false }, null);
    }

    private Transition Failed(SyncItem item, RecordOutcome outcome, string? payloadHash, string status, string? code)
    {
        // A changed record starts over: it is tried again at once.
        var entry = Failing(Begin(item));
        var isSame = entry.Outcome == outcome && entry.PayloadHash == payloadHash;
        var attempts = isSame ? entry.Attempts + 1 : 1;
        return WithStatus(
            entry with
            {
                Outcome = outcome,
                PayloadHash = payloadHash,
                Code = code,
                Attempts = attempts,
                NextTry = now + Backoff.After(attempts),
            },
            item,
            status
        );
    }

    private Transition Done(LedgerEntry entry, SyncItem item) => WithStatus(WithoutFailure(entry), item, StatusLine.Success);

    private LedgerEntry Denied(LedgerEntry entry, string? code)
    {
        var attempts = entry.IsFailing && entry.NextTry is not null ? entry.Attempts : entry.Attempts + 1;
        return entry with { Attempts = attempts, NextTry = now + Backoff.After(attempts), Code = entry.Code ?? $"status: {code}" };
    }

    private static LedgerEntry Begin(SyncItem item) =>
        (item.Entry ?? new LedgerEntry { Id = item.Id }) with
        {
            Modified = item.Card.Modified,
            Forced = false,
            WaitsFor = null,
            ClientWasDeliveredAt = null,
            NotBefore = null,
            MissingSince = null,
        };

    // Neither a sending nor the writing of a status has failed.
    private static LedgerEntry WithoutFailure(LedgerEntry entry) =>
        entry with
        {
            FailingSince = null,
            Code = null,
            Attempts = 0,
            NextTry = null,
        };

    private LedgerEntry Failing(LedgerEntry entry) => entry with { FailingSince = entry.FailingSince ?? now };

    private Transition WithStatus(LedgerEntry entry, SyncItem item, string text)
    {
        var isOwed = item.Status != text;
        return new Transition(
            entry with
            {
                StatusHash = fingerprints.Of(StatusLine.Hash(text)),
                StatusOwed = isOwed,
            },
            isOwed ? text : null
        );
    }
}
