using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>What has become of a record, in one word.</summary>
public enum FateKind
{
    /// <summary>Created at the start date or before: never taken.</summary>
    CreatedTooEarly,

    /// <summary>A deal in a stage that does not count.</summary>
    OtherStage,

    /// <summary>The template of recurring deals.</summary>
    Template,

    /// <summary>Last changed before the job began.</summary>
    ChangedTooEarly,

    /// <summary>All its products or branches are unsupported.</summary>
    OutOfScope,

    /// <summary>It breaks the format.</summary>
    Invalid,

    /// <summary>Bitrix24 does not give its details.</summary>
    Unreadable,

    /// <summary>otmechalka refuses it.</summary>
    Refused,

    /// <summary>A create got no answer, and the record is not there as far as a search could tell.</summary>
    Unclear,

    /// <summary>A deal whose client is not in otmechalka.</summary>
    WaitsForClient,

    /// <summary>otmechalka has it, as it is.</summary>
    Delivered,

    /// <summary>otmechalka has it, and it has changed since.</summary>
    DeliveredAndChanged,

    /// <summary>It was delivered, and is not there any more.</summary>
    Vanished,

    /// <summary>It is complete and no run has sent it yet.</summary>
    ToBeSent,
}

/// <summary>What has become of a record, why, and what happens next. Holds the record's contents: shown, never logged.</summary>
public sealed record RecordFate
{
    /// <summary>The card.</summary>
    public required FoundCard Card { get; init; }

    /// <summary>What has become of it.</summary>
    public required FateKind Kind { get; init; }

    /// <summary>What is wrong with it, in the words of its status; <see langword="null"/> where nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The products and branches filled in, with their labels; only where they are why it is out of scope.</summary>
    public IReadOnlyList<PreviewValue> Values { get; init; } = [];

    /// <summary>For a deal: its stage as a person sees it; <see langword="null"/> for a contact.</summary>
    public string? Stage { get; init; }

    /// <summary>For a deal: the stages that count, as a person sees them.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Whether it was delivered and does not count any more: a deal that was won and is not now.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>Whether the next run looks at it.</summary>
    public bool IsNext { get; init; }

    /// <summary>Whether otmechalka holds it now; <see langword="null"/> when it did not say.</summary>
    public bool? IsInOtmechalka { get; init; }

    /// <summary>What the ledger knows of it; <see langword="null"/> when no run has handled it.</summary>
    public LedgerEntry? Ledger { get; init; }

    /// <summary>The job that carries it.</summary>
    public SyncJob Job => Card.Job;
}
