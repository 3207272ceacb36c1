namespace B24Otmechalka.Core.Checkpoints;

/// <summary>How far a job has come. Stored together with the outcomes it speaks of, in one transaction.</summary>
public sealed record JobState
{
    /// <summary>The checkpoint (spec 6): <c>DATE_MODIFY</c> of the last record passed. Never goes back by itself.</summary>
    public DateTimeOffset? Checkpoint { get; init; }

    /// <summary>
    /// The next run reads what was modified strictly after this moment. Apart from the checkpoint: it lies below it by the
    /// look-back, and far below it during a full sweep.
    /// </summary>
    public DateTimeOffset? ReadAfter { get; init; }

    /// <summary>Records modified earlier were to be ignored when the job began; <see langword="null"/> means none.</summary>
    public DateTimeOffset? Floor { get; init; }

    /// <summary>By the portal's clock: all that was modified up to then has been read.</summary>
    public DateTimeOffset? ReadUpTo { get; init; }

    /// <summary>When the last full sweep began, by our clock.</summary>
    public DateTimeOffset? SweptAt { get; init; }

    /// <summary>When the last run that completed ended, by our clock.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Fingerprint of the mapping and the start date the outcomes were made with.</summary>
    public string? Rules { get; init; }

    /// <summary>How many records otmechalka has taken.</summary>
    public long Delivered { get; init; }

    /// <summary>
    /// Fingerprints of the cards seen after <see cref="ReadAfter"/>, 8 bytes each: what looks the same when it is read
    /// again needs no look into the ledger. Makes the look-back free.
    /// </summary>
    public IReadOnlyList<long> Recent { get; init; } = [];
}
