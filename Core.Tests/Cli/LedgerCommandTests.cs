using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class LedgerCommandTests : IDisposable
{
    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Retry_DeliveredAndUnknown_TheNextRunSendsThemAgain()
    {
        cli.World.SyncContacts();
        cli.World.Time.Advance(TimeSpan.FromMinutes(1));
        cli.World.SyncContacts();

        var code = cli.Run("retry", "contact", "39558", "0039910", "40020", "--json");
        var next = cli.World.SyncContacts();

        Assert.Equal(0, code);
        Assert.Equal(["39558", "39910", "40020"], cli.Json["jobs"]![0]!["marked"]!.AsArray().Select(id => (string?)id));
        Assert.Equal("40020", (string?)Assert.Single(cli.Json["jobs"]![0]!["new"]!.AsArray()));
        Assert.Equal((2, 2), (next.Updated, next.Retried));
        Assert.Equal(RecordOutcome.Delivered, cli.World.Entry(SyncJob.Contacts, 39558)!.Outcome);
    }

    [Fact]
    public void Retry_AllFailed_MarksThoseOfBothJobsOrOfOne()
    {
        cli.World.SyncContacts();
        cli.World.SyncDeals();

        Assert.Equal(0, cli.Run("retry", "--all-failed", "--json"));
        Assert.Equal([9, 9], cli.Json["jobs"]!.AsArray().Select(job => job!["marked"]!.AsArray().Count));
        Assert.Equal(0, cli.Run("retry", "deal", "--all-failed"));
        Assert.StartsWith("DEAL_SYNC_JOB: 9 marked", cli.Output, StringComparison.Ordinal);
        Assert.True(cli.World.Entry(SyncJob.Contacts, 39914)!.Forced);

        var next = cli.World.SyncContacts();
        Assert.Equal((9, 9), (next.Failed, next.Retried));
    }

    [Fact]
    public void Retry_NothingHasFailed_MarksNothing()
    {
        var code = cli.Run("retry", "--all-failed");

        Assert.Equal(0, code);
        Assert.Contains("CONTACT_SYNC_JOB: 0 marked", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Retry_LockIsHeld_EndsWith4AndTheOtherJobIsMarked()
    {
        cli.World.SyncDeals();
        cli.Lock(SyncJob.Contacts);

        var code = cli.Run("retry", "--all-failed", "--json");

        Assert.Equal(4, code);
        Assert.Equal("DEAL_SYNC_JOB", (string?)Assert.Single(cli.Json["jobs"]!.AsArray())!["job"]);
        Assert.Contains("holds the lock", (string?)cli.Json["error"], StringComparison.Ordinal);
    }

    [Fact]
    public void Rewind_ToAnEarlierTime_TheNextRunReadsAgainAndSendsNothingTwice()
    {
        cli.World.SyncContacts();
        cli.World.Time.Advance(TimeSpan.FromHours(3));
        cli.World.SyncContacts();
        cli.World.Time.Advance(TimeSpan.FromMinutes(10));
        cli.World.SyncContacts();

        var code = cli.Run("rewind", "contacts", "--to", "2020-12-21T10:00", "--json");
        var state = cli.World.State(SyncJob.Contacts)!;
        var next = cli.World.SyncContacts();

        Assert.Equal(0, code);
        Assert.Equal("2020-12-21T10:00:00+03:00", (string?)cli.Json["to"]);
        Assert.Equal(DateTimeOffset.Parse("2020-12-21T10:00:00+03:00", null), state.Checkpoint);
        Assert.True(state.ReadAfter < state.Checkpoint);
        Assert.Empty(state.SeenVersions);
        Assert.Equal((23, 0, 0), (next.Read, next.OtmechalkaRequests, next.StatusesWritten));
    }

    [Fact]
    public void Rewind_BelowWhereTheJobBegan_TheEarlierRecordsComeIn()
    {
        const string start = "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP";
        cli.World.With(start, "2020-12-25T10:00:00");
        cli.World.SyncContacts();
        Assert.Null(cli.World.Entry(SyncJob.Contacts, 39558));

        cli.Run("rewind", "contacts", "--to", "2020-12-20", "--set", start + "=2020-12-25T10:00:00");
        cli.World.SyncContacts();

        Assert.Equal(RecordOutcome.Delivered, cli.World.Entry(SyncJob.Contacts, 39558)!.Outcome);
    }

    [Theory]
    [InlineData("2021-01-01", "lies in the future")]
    [InlineData("2020-12-25T11:30:00", "only a time before it")]
    public void Rewind_ToATimeThatWouldSkipRecords_IsRefusedWith2(string to, string problem)
    {
        cli.World.SyncContacts();
        var before = cli.World.State(SyncJob.Contacts)!.Checkpoint;

        var code = cli.Run("rewind", "contacts", "--to", to);

        Assert.Equal(2, code);
        Assert.StartsWith("--to: ", cli.Error, StringComparison.Ordinal);
        Assert.Contains(problem, cli.Error, StringComparison.Ordinal);
        Assert.Equal(before, cli.World.State(SyncJob.Contacts)!.Checkpoint);
    }

    [Fact]
    public void Rewind_BeforeTheStartDate_WarnsAndGoesBack()
    {
        cli.World.SyncContacts();

        var code = cli.Run("rewind", "contacts", "--to", "2020-01-01");

        Assert.Equal(0, code);
        Assert.Contains("before SYNC_START_DATE", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewind_NeverRun_IsOneClearLineAnd2()
    {
        var code = cli.Run("rewind", "deals", "--to", "2020-12-21");

        Assert.Equal(2, code);
        Assert.Contains("DEAL_SYNC_JOB has not run yet", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewind_LockIsHeld_EndsWith4()
    {
        cli.World.SyncContacts();
        cli.Lock(SyncJob.Contacts);

        Assert.Equal(4, cli.Run("rewind", "contacts", "--to", "2020-12-21"));
    }
}
