using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// How far a run has come in its window, and where the next run's window starts. Cards are passed in order of modification, each only in
/// the transaction that stores its outcome. The next window starts below what was reached, by the look-back, because a row may be committed
/// late with an earlier time; the cards of that stretch are known by their version hashes, so reading them again costs nothing more.
/// </summary>
/// <param name="plan">What the run reads.</param>
/// <param name="lookBack">How late a row may be committed.</param>
/// <param name="lookedAt">Versions that this run has looked at already.</param>
internal sealed class WindowProgress(RunPlan plan, TimeSpan lookBack, IEnumerable<long> lookedAt)
{
    /// <summary>So many cards fit a page with one row to spare, by which the reader knows that it is the last one.</summary>
    private const int OnePage = 49;

    /// <summary>So many cards fit the fifty pages of one request, with room for a hundred new ones.</summary>
    private const int OneRequest = 2400;

    /// <summary>What is never cut from the look-back: a row may still be committed with a time already read.</summary>
    private static readonly TimeSpan ShortestLookBack = TimeSpan.FromSeconds(10);

    private readonly HashSet<long> seenBefore = [.. plan.State.SeenVersions, .. lookedAt];
    private readonly LinkedList<(DateTimeOffset Modified, long? Version)> recent = new();
    private DateTimeOffset? passed;

    /// <summary>
    /// The portal's clock when the window was read: what was modified up to then has been read, but for rows committed late.
    /// </summary>
    public DateTimeOffset? PortalTime { get; set; }

    /// <summary>Whether the card was passed before in just this version, so that nothing is owed to it here.</summary>
    public bool IsSeenBefore(long version) => seenBefore.Contains(version);

    /// <summary>A card is passed; its outcome is stored with the next <see cref="Advance"/>.</summary>
    /// <param name="modified">When it was modified.</param>
    /// <param name="version">Its version hash.</param>
    /// <param name="isStatusOwed">
    /// Whether its status is still to be written. Such a version does not count as seen: if the card looks the same once the status was
    /// written, somebody has cleared it within the same second.
    /// </param>
    public void Pass(DateTimeOffset modified, long version, bool isStatusOwed)
    {
        passed = modified;
        recent.AddLast((modified, isStatusOwed ? null : version));
        while (recent.Count > OneRequest + 1 || (recent.Count > OnePage + 1 && recent.First!.Value.Modified <= LookBackStart))
        {
            recent.RemoveFirst();
        }
    }

    /// <summary>The state when the cards passed so far are stored.</summary>
    public JobState Advance(JobState state) =>
        // The second that was reached may hold more cards than were passed.
        At(passed is { } last ? NotBelowTheWindow(Earlier(last.AddSeconds(-1), LookBackStart)) : plan.ReadAfter, state);

    /// <summary>The state when the whole window has been passed.</summary>
    public JobState Complete(JobState state, DateTimeOffset now)
    {
        // The next window begins where the look-back begins, or one page of cards before the end, whichever is earlier: such a page costs
        // nothing more to read, and a row that was committed late is found in it. Where that would be more cards than one request reads, it
        // begins later. Without cards the window stays where it was: an empty answer moves nothing.
        var readAfter = NotBelowTheWindow(Earlier(recent.Count > OnePage ? Back(OnePage) : plan.ReadAfter, LookBackStart));
        if (recent.Count > OneRequest && PortalTime is { } portalTime)
        {
            readAfter = Later(readAfter, Earlier(Back(OneRequest), portalTime - ShortestLookBack));
        }

        return At(readAfter, state) with
        {
            CompletedAt = now,
        };
    }

    private JobState At(DateTimeOffset readAfter, JobState state)
    {
        var inWindow = recent.Where(card => card.Modified > readAfter).ToList();
        return state with
        {
            Checkpoint = passed is { } last && !(state.Checkpoint >= last) ? last : state.Checkpoint,
            ReadAfter = readAfter,
            SeenVersions = [.. inWindow.Select(card => card.Version).OfType<long>()],
            RowsInWindow = inWindow.Count,
        };
    }

    private DateTimeOffset LookBackStart => PortalTime is { } now ? now - lookBack : plan.ReadAfter;

    /// <summary>The moment after which there are at most so many of the cards passed.</summary>
    private DateTimeOffset Back(int cards) => recent.ElementAt(recent.Count - cards - 1).Modified;

    // What lies below where this run's window starts was not read.
    private DateTimeOffset NotBelowTheWindow(DateTimeOffset moment) => Later(moment, plan.ReadAfter);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
