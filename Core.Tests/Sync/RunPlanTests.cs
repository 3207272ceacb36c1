using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sync;

public sealed class RunPlanTests
{
    private const string Hash = "configuration";
    private static readonly DateTimeOffset StartDate = new(2020, 12, 20, 0, 0, 0, TimeSpan.FromHours(3));
    private static readonly DateTimeOffset Now = StartDate.AddDays(5);
    private static readonly SyncOptions Options = new() { StartDate = StartDate };

    [Fact]
    public void For_FirstRun_ReadsEverythingSinceTheStartDate()
    {
        var plan = Plan(null);

        Assert.Equal(StartDate, plan.ReadAfter);
        Assert.Equal(StartDate, plan.State.Checkpoint);
        Assert.True(plan.IsFullResync);
        Assert.True(plan.IsConfigurationChanged);
    }

    [Fact]
    public void For_FirstRunWithAStartOfItsOwn_BeginsThereAndRemembersIt()
    {
        var jobStart = StartDate.AddDays(2);

        var plan = Plan(null, jobStart);

        Assert.Equal(jobStart, plan.ReadAfter);
        Assert.Equal(jobStart, plan.State.StartBound);
    }

    [Fact]
    public void For_LaterRun_TheSettingOfTheStartCountsNoMore() =>
        Assert.Equal(StartDate, Plan(Settled(), StartDate.AddDays(3)).StartBound);

    [Fact]
    public void For_SettledJob_ReadsOnFromTheLastWindow()
    {
        var plan = Plan(Settled());

        Assert.Equal(Now.AddMinutes(-5), plan.ReadAfter);
        Assert.False(plan.IsFullResync);
        Assert.False(plan.IsConfigurationChanged);
        Assert.Equal([1L, 2L], plan.State.SeenVersions);
        Assert.Equal(Now.AddHours(23), plan.NextFullResync);
    }

    [Fact]
    public void For_ConfigurationChanged_ReadsEverythingAndForgetsTheVersionsSeen()
    {
        var plan = Plan(Settled() with { ConfigurationHash = "another" });

        Assert.True(plan.IsConfigurationChanged);
        Assert.True(plan.IsFullResync);
        Assert.Equal(StartDate, plan.ReadAfter);
        Assert.Empty(plan.State.SeenVersions);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(48, true)]
    public void For_AfterADay_ReadsEverythingAgain(int hours, bool expected) =>
        Assert.Equal(expected, Plan(Settled() with { FullResyncAt = Now.AddHours(-hours) }).IsFullResync);

    [Fact]
    public void For_AnyState_NeverTakesTheCheckpointBack()
    {
        var checkpoint = Now.AddMinutes(-1);

        Assert.Equal(checkpoint, Plan(Settled() with { Checkpoint = checkpoint, ConfigurationHash = "another" }).State.Checkpoint);
    }

    [Fact]
    public void IsDue_ByTheEntry_OnlyWhatIsOwedAndItsTimeHasCome()
    {
        var plan = Plan(Settled());

        Assert.True(plan.IsDue(Entry() with { StatusOwed = true }));
        Assert.True(plan.IsDue(Entry() with { NextTry = Now }));
        Assert.False(plan.IsDue(Entry() with { NextTry = Now.AddSeconds(1) }));
        Assert.False(plan.IsDue(Entry()));
    }

    [Fact]
    public void IsDue_ConfigurationChanged_AllThatIsOwed() =>
        Assert.True(Plan(Settled() with { ConfigurationHash = "another" }).IsDue(Entry() with { NextTry = Now.AddDays(1) }));

    [Theory]
    [InlineData(-3, true)] // stored by rewind, or when the job first ran
    [InlineData(-2, true)] // just at the checkpoint
    [InlineData(-1, false)] // later than the checkpoint: damaged
    public void For_AStoredStartBound_CountsUnlessItIsLaterThanTheCheckpoint(int minutes, bool counts)
    {
        var bound = Now.AddMinutes(minutes);

        var plan = Plan(Settled() with { StartBound = bound });

        Assert.Equal(counts ? bound : StartDate, plan.StartBound);
        Assert.Equal(counts ? bound : null, plan.State.StartBound);
    }

    [Fact]
    public void For_AnOrdinaryRun_ExpectsAsManyRowsAsBefore()
    {
        Assert.Equal(2, Plan(Settled()).State.RowsInWindow);
        Assert.Equal(0, Plan(Settled() with { ConfigurationHash = "another" }).State.RowsInWindow);
    }

    [Fact]
    public void For_AFullResync_IsTheNextOneItself() => Assert.Equal(Now, Plan(Settled() with { FullResyncAt = null }).NextFullResync);

    [Fact]
    public void HasPassed_UpToTheCheckpointAndNotBeyond()
    {
        var plan = Plan(Settled());

        Assert.True(plan.HasPassed(Now.AddMinutes(-2)));
        Assert.True(plan.HasPassed(Now.AddMinutes(-3)));
        Assert.False(plan.HasPassed(Now.AddMinutes(-1)));
    }

    [Fact]
    public void Reads_BehindItsStartOnly()
    {
        var plan = Plan(Settled());

        Assert.False(plan.Reads(Now.AddMinutes(-5)));
        Assert.False(plan.Reads(Now.AddMinutes(-6)));
        Assert.True(plan.Reads(Now.AddMinutes(-5).AddSeconds(1)));
    }

    private static RunPlan Plan(JobState? state, DateTimeOffset? jobStart = null) => RunPlan.For(state, Hash, jobStart, Options, Now);

    private static LedgerEntry Entry() => new() { Id = "1", Outcome = RecordOutcome.Delivered };

    private static JobState Settled() =>
        new()
        {
            Checkpoint = Now.AddMinutes(-2),
            ReadAfter = Now.AddMinutes(-5),
            FullResyncAt = Now.AddHours(-1),
            ConfigurationHash = Hash,
            SeenVersions = [1, 2],
            RowsInWindow = 2,
        };
}
