using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>What the record's mapping comes to.</summary>
public enum PreviewMapping
{
    /// <summary>It can be sent.</summary>
    Ready,

    /// <summary>All its products or branches are unsupported.</summary>
    OutOfScope,

    /// <summary>It breaks the format.</summary>
    Invalid,

    /// <summary>Bitrix24 does not give its details.</summary>
    Unreadable,
}

/// <summary>What would be done with the record if a run looked at it now.</summary>
public enum PreviewAction
{
    /// <summary>Nothing: it is kept out, or known as it is, or its next try is not due.</summary>
    Nothing,

    /// <summary>Only its status is written.</summary>
    WriteStatus,

    /// <summary>It is created in otmechalka.</summary>
    Create,

    /// <summary>It is changed in otmechalka.</summary>
    Update,

    /// <summary>It is there already and left alone.</summary>
    LeaveAlone,

    /// <summary>It waits for its client.</summary>
    Wait,

    /// <summary>It would be sent, but otmechalka does not say now what it holds.</summary>
    Send,
}

/// <summary>A value as it was read from Bitrix24.</summary>
/// <param name="Column">The column.</param>
/// <param name="Label">What a person sees in Bitrix24; <see langword="null"/> when it is not told.</param>
/// <param name="Value">The value; <see langword="null"/> when it is empty.</param>
public sealed record PreviewValue(string Column, string? Label, string? Value);

/// <summary>
/// What would happen to one record, and why. Holds the record's contents: to be shown to the person who asked, never logged.
/// </summary>
public sealed record Preview
{
    /// <summary>The job that carries it.</summary>
    public required SyncJob Job { get; init; }

    /// <summary>Its ID in Bitrix24.</summary>
    public required string Id { get; init; }

    /// <summary>Its card.</summary>
    public required string Link { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>The values its mapping reads.</summary>
    public IReadOnlyList<PreviewValue> Values { get; init; } = [];

    /// <summary>What they come to.</summary>
    public PreviewMapping Mapping { get; init; }

    /// <summary>What would be sent; empty unless it can be.</summary>
    public IReadOnlyList<ObjectField> Payload { get; init; } = [];

    /// <summary>Whether that is what was last sent; <see langword="null"/> when nothing was, or nothing can be.</summary>
    public bool? IsSameAsLastSent { get; init; }

    /// <summary>Whether otmechalka holds it; <see langword="null"/> when it was not asked or did not say.</summary>
    public bool? IsInOtmechalka { get; init; }

    /// <summary>Why otmechalka did not say.</summary>
    public string? OtmechalkaProblem { get; init; }

    /// <summary>What otmechalka holds differently; clients only.</summary>
    public IReadOnlyList<FieldDifference> Differences { get; init; } = [];

    /// <summary>What keeps it out, one sentence each: start date, stage, scope, checkpoint.</summary>
    public IReadOnlyList<string> KeptOutBy { get; init; } = [];

    /// <summary>What would be done with it.</summary>
    public PreviewAction Action { get; init; }

    /// <summary>When a run looks at it.</summary>
    public string When { get; init; } = "";

    /// <summary>What its status field holds; <see langword="null"/> when it is empty.</summary>
    public string? Status { get; init; }

    /// <summary>What it would hold then.</summary>
    public string? ExpectedStatus { get; init; }

    /// <summary>What the ledger knows of it; <see langword="null"/> when it was never handled.</summary>
    public LedgerEntry? Ledger { get; init; }
}
