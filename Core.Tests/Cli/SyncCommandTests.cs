using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class SyncCommandTests : IDisposable
{
    private static readonly string[] Members =
    [
        "job",
        "outcome",
        "reason",
        "read",
        "created",
        "updated",
        "unchanged",
        "outOfScope",
        "failed",
        "retried",
        "statusesWritten",
        "statusesOwed",
        "bitrix24Requests",
        "otmechalkaRequests",
        "durationSeconds",
        "checkpoint",
    ];

    private static readonly string[] Secrets = ["Петров", "Зарудн", "926", "example.com", "sandbox-key", "/rest/"];

    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Json_Report_IsTheContract()
    {
        var report = new RunReport
        {
            Job = SyncJob.Contacts,
            Outcome = RunOutcome.Interrupted,
            Reason = "otmechalka is unavailable: timeout",
            Created = 2,
            Updated = 3,
            Unchanged = 4,
            OutOfScope = 5,
            Failed = 6,
            Retried = 7,
            StatusesWritten = 8,
            StatusesOwed = 9,
            Bitrix24Requests = 10,
            OtmechalkaRequests = 11,
            DurationSeconds = 12.3456,
            Checkpoint = new DateTimeOffset(2020, 12, 21, 10, 19, 34, TimeSpan.FromHours(3)),
        };

        var json = SyncJson
            .Of([report])
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        Assert.Equal(
            """{"jobs":[{"job":"CONTACT_SYNC_JOB","outcome":"interrupted","reason":"otmechalka is unavailable: timeout","read":20"""
                + ""","created":2,"updated":3,"unchanged":4,"outOfScope":5,"failed":6,"retried":7,"statusesWritten":8,"statusesOwed":9"""
                + ""","bitrix24Requests":10,"otmechalkaRequests":11,"durationSeconds":12.346,"checkpoint":"2020-12-21T10:19:34+03:00"}]}""",
            json
        );
    }

    [Fact]
    public void Sync_AllWithJson_RunsContactsThenDealsAndPrintsOneObject()
    {
        var code = cli.Run("sync", "all", "--json");

        Assert.Equal(0, code);
        Assert.Equal(["CONTACT_SYNC_JOB", "DEAL_SYNC_JOB"], Jobs.Select(job => (string?)job["job"]));
        Assert.All(
            Jobs,
            job =>
            {
                Assert.Equal(Members, job.AsObject().Select(member => member.Key));
                Assert.Equal("completed", (string?)job["outcome"]);
                Assert.True((int)job["failed"]! > 0); // records with errors are no failure of the run
            }
        );
        Assert.Single(cli.Output.TrimEnd().Split('\n'));
        Assert.Equal("Успешно", cli.World.ContactStatus(39558));
    }

    [Theory]
    [InlineData("contacts", "Contacts: completed", "Deals:")]
    [InlineData("deals", "Deals: completed", "Contacts:")]
    public void Sync_OneJobForAPerson_PrintsItsSummaryOnStandardOutput(string job, string expected, string unexpected)
    {
        var code = cli.Run("sync", job);

        Assert.Equal(0, code);
        Assert.StartsWith(expected, cli.Output, StringComparison.Ordinal);
        Assert.Contains("checkpoint  2020-12-25T", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(unexpected, cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', cli.Output);
    }

    [Fact]
    public void Sync_RecordsFail_LogsTheirIdsAndNothingPersonal()
    {
        cli.Run("sync", "all", "--log", "debug");

        Assert.Contains("record 39914 filled in wrongly: see its status", cli.Error, StringComparison.Ordinal);
        Assert.Contains("info: CONTACT_SYNC_JOB completed", cli.Error, StringComparison.Ordinal);
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, cli.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sync_SettingsAreWrong_ListsAllProblemsAndEndsWith2()
    {
        var code = cli.Run("sync", "all", "--json", "--set", "SYNC_START_DATE=soon", "--set", "Otmechalka__ApiKey=");

        Assert.Equal(2, code);
        Assert.Equal(["jobs", "problems"], cli.Json.Select(member => member.Key));
        Assert.Empty(Jobs);
        Assert.Equal(
            ["SYNC_START_DATE", "Otmechalka__ApiKey"],
            cli.Json["problems"]!.AsArray().Select(problem => (string?)problem!["setting"])
        );
        Assert.Equal(2, cli.Error.TrimEnd().Split('\n').Length);
        Assert.Contains("Otmechalka__ApiKey: required", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sync_PortalDoesNotFitTheMapping_EndsWith2AndTheOtherJobStillRuns()
    {
        var code = cli.Run("sync", "all", "--json", "--set", "Mapping__Contact__StatusField=UF_CRM_NONE");

        Assert.Equal(2, code);
        Assert.Equal(["DEAL_SYNC_JOB"], Jobs.Select(job => (string?)job["job"]));
        Assert.Equal("Mapping__Contact__StatusField", (string?)cli.Json["problems"]![0]!["setting"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sync_ACrmIsUnavailable_EndsWith3AndBothJobsAreReported(bool isBitrix24)
    {
        (isBitrix24 ? cli.World.Crms.Bitrix24Endpoint : cli.World.Crms.OtmechalkaEndpoint).FaultOf = _ => Fault.Refuse;

        var code = cli.Run("sync", "all", "--json");

        Assert.Equal(3, code);
        Assert.Equal(2, Jobs.Count);
        Assert.Equal("interrupted", (string?)Jobs[0]!["outcome"]);
        Assert.Contains("unavailable: connection", (string?)Jobs[0]!["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public void Sync_LockIsHeld_EndsWith4AndTheOtherJobStillRuns()
    {
        cli.Lock(SyncJob.Contacts);

        var code = cli.Run("sync", "all", "--json");

        Assert.Equal(4, code);
        Assert.Equal(["alreadyRunning", "completed"], Jobs.Select(job => (string?)job["outcome"]));
        Assert.Null(Jobs[0]!["checkpoint"]);
    }

    [Fact]
    public void Sync_Cancelled_EndsWith130AndTheSecondJobIsNotBegun()
    {
        using var cancellation = new CancellationTokenSource();
        cli.World.Crms.OtmechalkaEndpoint.OnRequest = _ => cancellation.Cancel();

        var code = cli.Run(cancellation.Token, "sync", "all", "--json");

        Assert.Equal(130, code);
        var job = Assert.Single(Jobs);
        Assert.Equal(("interrupted", "cancelled"), ((string?)job["outcome"], (string?)job["reason"]));
    }

    [Fact]
    public void Sync_BudgetIsSpent_EndsWith0()
    {
        cli.World.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.Delay(TimeSpan.FromSeconds(2));

        var code = cli.Run("sync", "contacts", "--json", "--set", "Sync__TimeBudget=00:00:01");

        Assert.Equal((0, "budgetSpent"), (code, (string?)Jobs[0]!["outcome"]));
    }

    [Fact]
    public void Sync_Defect_EndsWith1AndShowsNoText()
    {
        cli.World.Crms.OtmechalkaEndpoint.OnRequest = _ => throw new InvalidOperationException("secret of +7 926 123-45-67");

        var code = cli.Run("sync", "contacts", "--json");

        Assert.Equal(1, code);
        Assert.Contains("unexpected System.InvalidOperationException", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", cli.Error + cli.Output, StringComparison.Ordinal);
        Assert.Equal(["jobs", "error"], cli.Json.Select(member => member.Key));
    }

    [Fact]
    public void Watch_SeveralRounds_GoesOnWhenUnavailableAndEndsWith130()
    {
        using var cancellation = new CancellationTokenSource();
        var before = cli.World.Time.GetUtcNow();
        cli.World.Table.OnCall = _ =>
        {
            var round = 1 + (int)((cli.World.Time.GetUtcNow() - before) / TimeSpan.FromMinutes(5));
            cli.World.Crms.Bitrix24Endpoint.FaultOf = round == 2 ? _ => Fault.Refuse : null;
            if (round == 4)
            {
                cancellation.Cancel();
            }

            return Task.FromResult<Exception?>(null);
        };

        var code = cli.Run(cancellation.Token, "sync", "contacts", "--watch", "5m", "--json");

        Assert.Equal(130, code);
        var lines = cli.Output.TrimEnd().Split('\n').Select(line => (string?)JsonNode.Parse(line)!["jobs"]![0]!["outcome"]);
        Assert.Equal(["completed", "interrupted", "completed", "interrupted"], lines);
        Assert.InRange(cli.World.Time.GetUtcNow() - before, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16));
        Assert.Single(cli.Error.Split("Ctrl+C ends").Skip(1)); // a log needs it once
    }

    [Fact]
    public void Watch_OnATerminal_ShowsBothJobsInATable()
    {
        using var terminal = new CliDriver { IsTerminal = true };
        using var cancellation = new CancellationTokenSource();
        terminal.World.Time.AllowsOtherThreads = true; // the live view
        var end = terminal.World.Time.GetUtcNow() + TimeSpan.FromSeconds(90);
        terminal.World.Table.OnCall = _ =>
        {
            if (terminal.World.Time.GetUtcNow() >= end)
            {
                cancellation.Cancel();
            }

            return Task.FromResult<Exception?>(null);
        };

        var code = terminal.Run(cancellation.Token, "sync", "all", "--watch", "30s");

        Assert.Equal(130, code);
        Assert.Contains("Contacts", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("next run in", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("╭", terminal.Output, StringComparison.Ordinal);
    }

    private List<JsonNode> Jobs => [.. cli.Json["jobs"]!.AsArray().Select(job => job!)];
}
