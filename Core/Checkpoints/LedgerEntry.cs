namespace B24Otmechalka.Core.Checkpoints;

/// <summary>What became of a record when it was last handled.</summary>
public enum RecordOutcome
{
    /// <summary>Not handled yet: queued by hand.</summary>
    Queued,

    /// <summary>otmechalka has it.</summary>
    Delivered,

    /// <summary>All its products or branches are unsupported: nothing to send.</summary>
    OutOfScope,

    /// <summary>It breaks the format: a manager has to mend it.</summary>
    Invalid,

    /// <summary>otmechalka, or Bitrix24 for the record's details, refused it.</summary>
    Refused,

    /// <summary>It was created without an answer and is not there, as far as a search could tell.</summary>
    Unclear,

    /// <summary>A deal whose client is not in otmechalka yet.</summary>
    WaitsForClient,
}

/// <summary>
/// What is known of one record. No personal data: hashes, IDs, codes and times.
/// </summary>
public sealed record LedgerEntry
{
    /// <summary>The record's ID in Bitrix24.</summary>
    public required string Id { get; init; }

    /// <summary>What became of it.</summary>
    public RecordOutcome Outcome { get; init; }

    /// <summary>
    /// Keyed hash of the payload that was last delivered or refused; <see langword="null"/> when it is not known, or says nothing any more.
    /// </summary>
    public string? PayloadHash { get; init; }

    /// <summary>Keyed hash of the status text the card should hold; <see langword="null"/> when there is none.</summary>
    public string? StatusHash { get; init; }

    /// <summary>Whether Bitrix24 has not taken that text yet.</summary>
    public bool StatusOwed { get; init; }

    /// <summary>
    /// Whether the record is to be sent again although nothing has changed: the operator asked for it, or a run began to change what
    /// otmechalka has and has not stored yet what came of it.
    /// </summary>
    public bool Forced { get; init; }

    /// <summary>Failed tries in a row: sendings, or where it is delivered, writings of its status.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried again; <see langword="null"/> when no try is due.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>An earlier create may be carried out until then: the record is not sent sooner.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Since when it fails.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why it fails, as a short code such as <c>HTTP 400</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The ID of the client whose delivery it waits for.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>That client's <see cref="DeliveredAt"/> when the record was last tried: with another one, the wait is over.</summary>
    public DateTimeOffset? ClientWasDeliveredAt { get; init; }

    /// <summary>
    /// Since when Bitrix24 does not show it (docs/spec.md, section 6, invariant 9); <see langword="null"/> when it was there at the last
    /// look.
    /// </summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>When otmechalka last took it.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The record's <c>DATE_MODIFY</c> when it was handled.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Whether later runs still owe it something. Such entries are read at the start of each run.</summary>
    public bool IsPending => StatusOwed || Forced || NextTry is not null || MissingSince is not null || Outcome == RecordOutcome.Queued;

    /// <summary>Whether it failed when it was last handled.</summary>
    public bool IsFailing =>
        Outcome is RecordOutcome.Invalid or RecordOutcome.Refused or RecordOutcome.Unclear or RecordOutcome.WaitsForClient;

    /// <summary>Whether what is owed to it is due: at once, unless its next try has a time.</summary>
    public bool IsDueAt(DateTimeOffset now) => NextTry is null || NextTry <= now;
}
