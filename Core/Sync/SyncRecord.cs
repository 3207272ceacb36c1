using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>A record as a run sees it: enough to order it, to know it again, and to see its status field.</summary>
internal abstract class SyncRecord
{
    /// <summary>Its ID in Bitrix24.</summary>
    public abstract string Id { get; }

    /// <summary>When it was last changed, by the portal's clock.</summary>
    public abstract DateTimeOffset Modified { get; }

    /// <summary>What the status field held when the record was read; <see langword="null"/> when it is empty.</summary>
    public abstract string? Status { get; }

    /// <summary>Whether the record came with a status field at all.</summary>
    public abstract bool HasStatusField { get; }

    /// <summary>Two readings with the same one show the same contents, whenever they were changed.</summary>
    public abstract string Content { get; }

    /// <summary>Two readings with the same one show the same record in the same version.</summary>
    public abstract long Sight { get; }

    /// <summary>The keyed fingerprint of a status text, as the ledger has it.</summary>
    public abstract string StatusHash(string text);
}

/// <summary>What mapping made of a record (spec 5).</summary>
internal abstract record Mapped
{
    /// <summary>All its products or branches are unsupported.</summary>
    public sealed record OutOfScope : Mapped;

    /// <summary>It is not eligible any more since it was read: it is left alone.</summary>
    public sealed record NotEligible : Mapped;

    /// <summary>It breaks the format; <paramref name="Status"/> names all its problems.</summary>
    public sealed record Invalid(string Status) : Mapped;

    /// <summary>Its details could not be read from Bitrix24.</summary>
    public sealed record Unreadable(string Status, string Code) : Mapped;

    /// <summary>It can be sent; <paramref name="PayloadHash"/> is the keyed fingerprint of what would be.</summary>
    public abstract record Ready(string PayloadHash) : Mapped;
}

/// <summary>What sending a record came to.</summary>
internal enum DeliveryKind
{
    Created,
    Updated,
    Unchanged,

    /// <summary>otmechalka refuses it.</summary>
    Refused,

    /// <summary>otmechalka failed on it with a 500: refused, unless it fails on its neighbours too.</summary>
    Failed,

    /// <summary>It was created without an answer and is not there, as far as a search could tell.</summary>
    Unclear,

    /// <summary>The record it belongs to is not there yet.</summary>
    WaitsForClient,
}

/// <summary>What sending a record came to.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Status">For a failure: the text for the status field.</param>
/// <param name="Code">For a failure: a short code for the ledger and the logs.</param>
internal sealed record Delivery(DeliveryKind Kind, string? Status = null, string? Code = null)
{
    /// <summary>For <see cref="DeliveryKind.Unclear"/>: not to be tried again sooner, because the server may still be at it.</summary>
    public TimeSpan NotBefore { get; init; }

    /// <summary>For <see cref="DeliveryKind.Unclear"/>: what ends the run, when it has to end.</summary>
    public UnavailableException? Failure { get; init; }

    /// <summary>For <see cref="DeliveryKind.WaitsForClient"/>: the client's ID.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>For <see cref="DeliveryKind.WaitsForClient"/>: when that client was last delivered, as known then.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    public bool IsDelivered => Kind is DeliveryKind.Created or DeliveryKind.Updated or DeliveryKind.Unchanged;
}

/// <summary>A status text that is owed.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Content">Its <see cref="SyncRecord.Content"/> when the text was made.</param>
/// <param name="Text">The text.</param>
internal sealed record OwedStatus(string RecordId, string Content, string Text);

/// <summary>What became of a status text.</summary>
internal enum StatusOutcome
{
    /// <summary>Bitrix24 has taken it.</summary>
    Written,

    /// <summary>The field holds it already.</summary>
    Held,

    /// <summary>The record has changed since it was read: it has to be looked at again.</summary>
    Changed,

    /// <summary>Bitrix24 has no such record any more.</summary>
    Gone,

    /// <summary>Bitrix24 refuses to write this record.</summary>
    Denied,

    /// <summary>Not tried: the portal has had enough for now.</summary>
    Postponed,
}
