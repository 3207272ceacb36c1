namespace B24Otmechalka.Core.Checkpoints;

/// <summary>How far a job has come. Stored together with the outcomes it speaks of, in one transaction.</summary>
public sealed record JobState
{
    /// <summary>
    /// The checkpoint (docs/spec.md, section 6): <c>DATE_MODIFY</c> of the last record passed. Never goes back by itself.
    /// </summary>
    public DateTimeOffset? Checkpoint { get; init; }

    /// <summary>
    /// The next window holds what was modified strictly after this moment. Apart from the checkpoint: it lies below it by the look-back,
    /// and far below it during a full resync.
    /// </summary>
    public DateTimeOffset? ReadAfter { get; init; }

    /// <summary>
    /// Cards modified at this moment or earlier are not read: where the job's checkpoint started, when the settings gave it a start of its
    /// own, or an earlier moment that <c>rewind</c> went back to; <see langword="null"/> when the start date alone counts.
    /// </summary>
    public DateTimeOffset? StartBound { get; init; }

    /// <summary>When the last full resync began, by our clock.</summary>
    public DateTimeOffset? FullResyncAt { get; init; }

    /// <summary>
    /// Whether that full resync has not come to its end yet: a run that is broken off leaves its rest to the next ones.
    /// </summary>
    public bool IsResyncing { get; init; }

    /// <summary>When the last run that completed ended, by our clock.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Hash of the mapping and the start date that the outcomes were made with.</summary>
    public string? ConfigurationHash { get; init; }

    /// <summary>How many records otmechalka has taken.</summary>
    public long Delivered { get; init; }

    /// <summary>
    /// Version hashes of the cards passed after <see cref="ReadAfter"/>: what comes again in just the same version needs no look into the
    /// ledger. That makes the look-back free.
    /// </summary>
    public IReadOnlyList<long> SeenVersions { get; init; } = [];

    /// <summary>How many cards were passed after <see cref="ReadAfter"/>: so many the next window holds at least.</summary>
    public int RowsInWindow { get; init; }
}
