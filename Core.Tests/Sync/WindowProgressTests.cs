using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sync;

public sealed class WindowProgressTests
{
    private static readonly DateTimeOffset Start = new(2020, 12, 20, 0, 0, 0, TimeSpan.FromHours(3));
    private static readonly DateTimeOffset Portal = Start.AddDays(1);
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);
    private static readonly JobState Stored = new()
    {
        Checkpoint = Start,
        ReadAfter = Start,
        ConfigurationHash = "c",
        FullResyncAt = Portal.AddHours(-1),
    };

    [Fact]
    public void Advance_BrokenOffInTheMiddle_LeavesTheSecondReachedToTheNextRun()
    {
        var progress = Progress();
        progress.Pass(Portal.AddHours(-2), 1, isStatusOwed: false);

        var state = progress.Advance(Stored);

        Assert.Equal(Portal.AddHours(-2), state.Checkpoint);
        Assert.Equal(Portal.AddHours(-2).AddSeconds(-1), state.ReadAfter);
    }

    [Fact]
    public void Advance_NothingPassed_StaysWhereTheWindowStarts() => Assert.Equal(Start, Progress().Advance(Stored).ReadAfter);

    [Fact]
    public void Advance_CardOlderThanTheCheckpoint_NeverTakesItBack()
    {
        var progress = Progress();
        progress.Pass(Portal.AddHours(-2), 1, isStatusOwed: false);

        Assert.Equal(Portal, progress.Advance(Stored with { Checkpoint = Portal }).Checkpoint);
    }

    [Fact]
    public void Complete_FewCards_TheNextWindowStartsLowerByTheLookBackAndKnowsTheirVersions()
    {
        var progress = Progress();
        progress.Pass(Portal.AddMinutes(-10), 1, isStatusOwed: false);
        progress.Pass(Portal.AddMinutes(-1), 2, isStatusOwed: false);

        var state = progress.Complete(Stored, Portal);

        Assert.Equal(Start, state.ReadAfter); // a page reaches further than the look-back
        Assert.Equal([1L, 2L], state.SeenVersions);
        Assert.Equal(2, state.RowsInWindow);
        Assert.Equal(Portal.AddMinutes(-1), state.Checkpoint);
    }

    [Fact]
    public void Complete_MoreCardsThanAPage_TheNextWindowHoldsOnePageOrTheLookBack()
    {
        var progress = Progress();
        for (var i = 0; i < 200; i++)
        {
            progress.Pass(Portal.AddMinutes(i - 300), i, isStatusOwed: false);
        }

        var state = progress.Complete(Stored, Portal);

        Assert.Equal(49, state.RowsInWindow);
        Assert.Equal(Portal.AddMinutes(150 - 300), state.ReadAfter);
    }

    [Fact]
    public void Complete_CrowdWithinTheLookBack_TheNextWindowIsAtMostOneRequest()
    {
        var progress = Progress();
        for (var i = 0; i < 5_000; i++)
        {
            progress.Pass(Portal.AddSeconds(-240 + (i / 25)), i, isStatusOwed: false);
        }

        var state = progress.Complete(Stored, Portal);

        Assert.InRange(state.RowsInWindow, 1, 2_400);
    }

    [Fact]
    public void Complete_StatusStillToBeWritten_ThatVersionDoesNotCountAsSeen()
    {
        var progress = Progress();
        progress.Pass(Portal.AddMinutes(-1), 1, isStatusOwed: true);

        var state = progress.Complete(Stored, Portal);

        Assert.Empty(state.SeenVersions);
        Assert.Equal(1, state.RowsInWindow);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2_000)]
    public void Complete_EmptyAnswer_NeverMovesTheWindowOn(int rowsKnown)
    {
        var known = Stored with { SeenVersions = [.. Enumerable.Range(0, rowsKnown).Select(i => (long)i)], RowsInWindow = rowsKnown };

        Assert.Equal(Start, Progress(known).Complete(known, Portal).ReadAfter);
    }

    [Fact]
    public void Advance_WithinTheLookBack_TheNextWindowStartsAtTheLookBack()
    {
        var progress = Progress();
        progress.Pass(Portal.AddMinutes(-1), 1, isStatusOwed: false);

        Assert.Equal(Portal - LookBack, progress.Advance(Stored).ReadAfter);
    }

    [Fact]
    public void Advance_JustBehindTheStart_NeverStartsLowerThanThisRun()
    {
        var progress = Progress();
        progress.Pass(Start, 1, isStatusOwed: false);

        Assert.Equal(Start, progress.Advance(Stored).ReadAfter);
    }

    [Fact]
    public void Advance_ThePortalDoesNotTellItsClock_StartsWhereThisRunDid()
    {
        var progress = Progress();
        progress.PortalTime = null;
        progress.Pass(Portal.AddMinutes(-1), 1, isStatusOwed: false);

        Assert.Equal(Start, progress.Advance(Stored).ReadAfter);
    }

    [Theory]
    [InlineData(49, true)] // they fit one page, as far back as this run looked
    [InlineData(50, false)] // one more than fits: only the newest 49
    public void Complete_AboutAPageOfCards_KeepsWhatFitsIt(int cards, bool keepsTheStart)
    {
        var progress = Progress();
        for (var i = 0; i < cards; i++)
        {
            progress.Pass(Portal.AddMinutes(i - 300), i, isStatusOwed: false);
        }

        var state = progress.Complete(Stored, Portal);

        Assert.Equal(keepsTheStart ? Start : Portal.AddMinutes(-300), state.ReadAfter);
        Assert.Equal(49, state.RowsInWindow);
    }

    [Fact]
    public void Complete_ManyCardsBeforeTheLookBack_LeavesOutThoseThatNoWindowCanHold()
    {
        var progress = Progress();
        for (var i = 0; i < 100; i++)
        {
            progress.Pass(Portal.AddMinutes(-200), i, isStatusOwed: false);
        }

        for (var i = 0; i < 60; i++)
        {
            progress.Pass(Portal.AddMinutes(-1), 1000 + i, isStatusOwed: false);
        }

        var state = progress.Complete(Stored, Portal);

        Assert.Equal(Portal - LookBack, state.ReadAfter);
        Assert.Equal(Enumerable.Range(1000, 60).Select(i => (long)i), state.SeenVersions);
    }

    [Theory]
    [InlineData(2_400, 300)] // just one request: the whole look-back
    [InlineData(2_401, 120)] // one more: only the newest 2,400
    public void Complete_ACrowd_NeverCutsMoreThanHasTo(int cards, int secondsBack)
    {
        var progress = Progress();
        for (var i = 0; i < cards; i++)
        {
            progress.Pass(Portal.AddSeconds(-120 + (i == 0 ? 0 : 1)), i, isStatusOwed: false);
        }

        Assert.Equal(Portal.AddSeconds(-secondsBack), progress.Complete(Stored, Portal).ReadAfter);
    }

    [Fact]
    public void Complete_ACrowdInTheLastSeconds_KeepsTenOfThem()
    {
        var progress = Progress();
        for (var i = 0; i < 3_000; i++)
        {
            progress.Pass(Portal.AddSeconds(-1), i, isStatusOwed: false);
        }

        Assert.Equal(Portal.AddSeconds(-10), progress.Complete(Stored, Portal).ReadAfter);
    }

    [Fact]
    public void Complete_TheCheckpointIsThatOfTheLastCard_KeepsItsOffset()
    {
        var progress = Progress();
        progress.Pass(Portal.ToOffset(TimeSpan.FromHours(5)), 1, isStatusOwed: false);

        var state = progress.Complete(Stored with { Checkpoint = Portal }, Portal);

        Assert.Equal(TimeSpan.FromHours(3), state.Checkpoint!.Value.Offset);
        Assert.Equal(Portal, state.CompletedAt);
    }

    [Fact]
    public void IsSeenBefore_VersionOfTheLastWindowOrOfThisRun_IsSeen()
    {
        var plan = Plan(Stored with { SeenVersions = [7] });
        var progress = new WindowProgress(plan, LookBack, [8]);

        Assert.True(progress.IsSeenBefore(7));
        Assert.True(progress.IsSeenBefore(8));
        Assert.False(progress.IsSeenBefore(9));
    }

    private static RunPlan Plan(JobState state) => RunPlan.For(state, "c", null, new SyncOptions { StartDate = Start }, Portal);

    private static WindowProgress Progress(JobState? state = null) => new(Plan(state ?? Stored), LookBack, []) { PortalTime = Portal };
}
