using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>What was found by a question.</summary>
public sealed record WhyAnswer
{
    /// <summary>The question, as it was understood.</summary>
    public required WhyQuestion Question { get; init; }

    /// <summary>The cards that it may be about: none, one or several, the likeliest first.</summary>
    public IReadOnlyList<FoundCard> Matches { get; init; } = [];

    /// <summary>Whether there may be more than these.</summary>
    public bool IsCut { get; init; }

    /// <summary>What was looked for instead, where nothing was found by the words as they were typed.</summary>
    public string? SearchedInstead { get; init; }

    /// <summary>Whether it is the address of another portal's card.</summary>
    public bool IsOtherPortal { get; init; }

    /// <summary>The portal that the service works with.</summary>
    public required string OwnPortal { get; init; }

    /// <summary>Of an ID that Bitrix24 does not show: the record that the ledger still knows.</summary>
    public IReadOnlyList<FormerRecord> Remembered { get; init; } = [];

    /// <summary>Only what was created later is taken.</summary>
    public required DateTimeOffset StartDate { get; init; }
}

/// <summary>A record that the ledger knows and Bitrix24 does not show.</summary>
/// <param name="Job">The job that carried it.</param>
/// <param name="Id">Its ID.</param>
/// <param name="DeliveredAt">When otmechalka took it; <see langword="null"/> when it never did.</param>
public sealed record FormerRecord(SyncJob Job, string Id, DateTimeOffset? DeliveredAt);

/// <summary>All that is known of one pupil.</summary>
public sealed record PupilStory
{
    /// <summary>The contact; <see langword="null"/> for a deal without one.</summary>
    public RecordFate? Contact { get; init; }

    /// <summary>The contact's deals, the newest first; or the one deal in question.</summary>
    public IReadOnlyList<RecordFate> Deals { get; init; } = [];

    /// <summary>Whether there are more deals than these.</summary>
    public bool HasMoreDeals { get; init; }

    /// <summary>Other contacts that are the same pupil.</summary>
    public IReadOnlyList<FoundCard> SamePupil { get; init; } = [];

    /// <summary>Why otmechalka did not say what it holds; <see langword="null"/> when it did.</summary>
    public string? OtmechalkaProblem { get; init; }

    /// <summary>When each job last completed a run; <see langword="null"/> for one that never has.</summary>
    public required IReadOnlyDictionary<SyncJob, DateTimeOffset?> CompletedAt { get; init; }

    /// <summary>Only what was created later is taken.</summary>
    public required DateTimeOffset StartDate { get; init; }
}
