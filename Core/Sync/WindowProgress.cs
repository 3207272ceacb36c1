using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// How far a run has come in its window, and where the next one starts reading. Records are passed in order, each only
/// when its outcome is stored with the same transaction.
/// </summary>
internal sealed class WindowProgress
{
    /// <summary>So many cards fit a page with one row to spare, by which the reader knows that it is the last one.</summary>
    private const int OnePage = 49;

    /// <summary>So many cards fit the fifty pages of one request, with a page to spare for new ones.</summary>
    private const int OneRequest = 2400;

    /// <summary>What is never cut from the look-back: a row may still be committed with a time already read.</summary>
    private static readonly TimeSpan ShortestLookBack = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset after;
    private readonly TimeSpan lookBack;
    private readonly LinkedList<(DateTimeOffset Modified, long Sight)> recent = new();
    private readonly HashSet<long> known;
    private readonly Func<string, bool> owesStatus;
    private DateTimeOffset? passed;

    /// <summary>Begins a window.</summary>
    /// <param name="after">Where it starts.</param>
    /// <param name="lookBack">How late a row may be committed.</param>
    /// <param name="known">Sights of the cards that the last runs passed.</param>
    /// <param name="owesStatus">Whether a card's status could not be written yet.</param>
    public WindowProgress(DateTimeOffset after, TimeSpan lookBack, IEnumerable<long> known, Func<string, bool> owesStatus)
    {
        this.after = after;
        this.lookBack = lookBack;
        this.known = [.. known];
        this.owesStatus = owesStatus;
    }

    /// <summary>The portal's clock when the window was fixed: what was modified up to then can be read, but for late commits.</summary>
    public DateTimeOffset? PortalTime { get; set; }

    /// <summary>Whether the record looked exactly the same when a run last passed it, so that nothing is owed it here.</summary>
    public bool IsKnown(SyncRecord record) => known.Contains(record.Sight) || IsUnwritten(record);

    /// <summary>The record is passed; its outcome is stored with the next <see cref="Advance"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isToBeWritten">Whether its status is to be written after that.</param>
    public void Pass(SyncRecord record, bool isToBeWritten)
    {
        passed = record.Modified;
        recent.AddLast((record.Modified, isToBeWritten || IsUnwritten(record) ? ~record.Sight : record.Sight));
        while (recent.Count > OneRequest + 1 || (recent.Count > OnePage + 1 && recent.First!.Value.Modified <= LookBackStart))
        {
            recent.RemoveFirst();
        }
    }

    /// <summary>The state when the records passed so far are stored.</summary>
    public JobState Advance(JobState state) =>
        // The second that was reached may hold more records than were passed.
        At(passed is { } last ? Min(Mechanism.SecondReached.IsOn() ? last.AddSeconds(-1) : last, LookBackStart) : after, state);

    /// <summary>The state when the whole window has been passed.</summary>
    public JobState Complete(JobState state, DateTimeOffset now)
    {
        // The look-back, or one page, whichever reaches further, but no more than one request reads: a row that was
        // committed late is found at no cost.
        var readAfter = Min(recent.Count > OnePage ? Back(OnePage) : after, LookBackStart);
        if (recent.Count > OneRequest && PortalTime is { } portalTime)
        {
            readAfter = Max(readAfter, Min(Back(OneRequest), portalTime - ShortestLookBack))!.Value;
        }

        return At(readAfter, state) with { ReadUpTo = Max(state.ReadUpTo, PortalTime), CompletedAt = now };
    }

    // A card whose status is to be written is not known as it looks: when it looks so again, and no status is owed it, then the
    // status was written and cleared within the same second.
    private bool IsUnwritten(SyncRecord record) => known.Contains(~record.Sight) && owesStatus(record.Id);

    private JobState At(DateTimeOffset readAfter, JobState state) => state with
    {
        Checkpoint = Max(state.Checkpoint, passed),
        ReadAfter = readAfter,
        Recent = [.. recent.Where(card => card.Modified > readAfter).Select(card => card.Sight)],
    };

    private DateTimeOffset LookBackStart => PortalTime is { } now ? now - (Mechanism.LookBack.IsOn() ? lookBack : TimeSpan.Zero) : after;

    /// <summary>The moment after which there are at most so many of the cards passed.</summary>
    private DateTimeOffset Back(int cards) => recent.ElementAt(recent.Count - cards - 1).Modified;

    private DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other)
    {
        var min = one < other ? one : other;
        return min > after ? min : after;
    }

    private static DateTimeOffset? Max(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
}
