using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Docs;
using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Infra;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Once;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>The real worker process between both emulated systems and a real Azurite, driven as the Functions host drives it.</summary>
[Collection(WorkerTests.Name)]
public sealed partial class WorkerDayTests(WorkerDay day) : IClassFixture<WorkerDay>
{
    [Theory]
    [InlineData(WorkerDay.Contacts, "%CONTACT_SYNC_SCHEDULE%")]
    [InlineData(WorkerDay.Deals, "%DEAL_SYNC_SCHEDULE%")]
    public void Functions_EachJob_IsIndexedWithItsSchedule(string job, string schedule)
    {
        var binding = JsonNode.Parse(Assert.Single(day.Host.Functions[job].RawBindings))!;

        Assert.Equal(2, day.Host.Functions.Count);
        Assert.Equal("timerTrigger", (string?)binding["type"]);
        Assert.Equal(schedule, (string?)binding["schedule"]);
        Assert.NotEqual(true, (bool?)binding["runOnStartup"]);
    }

    [Fact]
    public void Runs_AllOfThem_Succeed() =>
        Assert.All(
            day.Runs,
            run => Assert.Equal((StatusResult.Types.Status.Success, null), (run.Answer.Result.Status, run.Answer.Result.Exception?.Message))
        );

    [Fact]
    public void Runs_TheirResults_AreInBothSystems()
    {
        AssertResults(SyncJob.Contacts, day.Crms.Portal.Contacts, [.. day.Crms.Otmechalka.Store.Clients.Select(client => client.OriginId)]);
        AssertResults(SyncJob.Deals, day.Crms.Portal.Deals, [.. day.Crms.Otmechalka.Store.Tickets.Select(ticket => ticket.OriginId)]);
        Assert.Empty(day.Crms.Otmechalka.Store.Doubles);
    }

    [Fact]
    public void Tick_PastDue_IsLoggedForThatInvocationOnly()
    {
        var late = Assert.Single(day.Host.Logs, log => log.Message.Contains("fires late", StringComparison.Ordinal));

        Assert.Equal(day.Runs[1].Invocation.Id, late.InvocationId);
        Assert.Equal(RpcLog.Types.Level.Warning, late.Level);
    }

    [Fact]
    public void Logs_OfEachRun_CarryItsInvocation()
    {
        // The host drops a record without one: neither console nor log stream would show anything of a run.
        var ours = day
            .Host.Logs.Where(log =>
                log.Category.StartsWith("B24Otmechalka", StringComparison.Ordinal) && log.LogCategory == RpcLog.Types.RpcLogCategory.User
            )
            .ToArray();

        Assert.All(ours, log => Assert.True(log.InvocationId.Length > 0, log.Message));
        Assert.All(
            day.Runs,
            run =>
                Assert.Contains(
                    ours,
                    log => log.InvocationId == run.Invocation.Id && log.Message.Contains("Completed", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void Output_OfAnyKind_HoldsNoSecretAndNothingPersonal()
    {
        var logs = day.Host.Logs.Select(log => $"{log.Category} {log.Message} {log.Exception}");
        var said = logs.Append(day.Host.Worker.Output)
            .Append(Regex.Unescape(day.Exported.ToString().Replace("\\\"", "'", StringComparison.Ordinal)))
            .ToArray();
        string[] secrets =
        [
            WorkerDay.Token,
            day.Crms.ApiKey,
            "@",
            .. day.Crms.Otmechalka.Store.Clients.Select(client => client["phone"]!),
            .. Personal(day.Crms.Portal.Contacts, "NAME", "LAST_NAME", SampleFields.StudentFirstName, SampleFields.StudentLastName),
            .. Personal(day.Crms.Portal.Deals, "TITLE"),
        ];

        Assert.True(secrets.Length > 60, "too few personal values to look for");
        Assert.All(secrets, secret => Assert.False(said.Any(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)), secret));
    }

    [Fact]
    public void Exported_Events_AreOneForEachRunWithWhatTheAlertsAskFor()
    {
        var finished = day.Exported.DataOf("MessageData").Select(data => data["properties"]!.AsObject()).Where(IsRunFinished).ToArray();
        var asked = Queries()
            .SelectMany(query => Property().Matches(query))
            .Select(match => match.Groups[1].Value)
            .Where(name => name != "Reason"); // only a run that was interrupted has one, see WorkerEndTests

        Assert.Equal(day.Runs.Count, finished.Length);
        Assert.All(finished, properties => Assert.Empty(asked.Except(properties.Select(property => property.Key))));
        Assert.All(finished, properties => Assert.Equal(nameof(RunOutcome.Completed), (string?)properties["Outcome"]));
    }

    [Fact]
    public void Exported_Metrics_AreThoseThatQueriesAskFor()
    {
        var asked = Queries().SelectMany(query => Metric().Matches(query)).Select(match => match.Groups[1].Value).ToHashSet();
        var sent = day
            .Exported.DataOf("MetricData")
            .Select(data => data["metrics"]![0]!)
            .Select(metric => (Name: (string?)metric["name"], Value: (double?)metric["value"]))
            .ToArray();

        Assert.NotEmpty(asked);
        Assert.Equal(day.Crms.Otmechalka.Store.ClientCount, sent.Last(metric => metric.Name == "b24otmechalka.clients.known").Value);
    }

    /// <summary>The page computes with the sizes on the wire and with the points of one export.</summary>
    [Theory]
    [InlineData("event", "MessageData")]
    [InlineData("span", "RemoteDependencyData")]
    [InlineData("point", "MetricData")]
    public void Exported_Volume_IsWhatTheCostPageComputesWith(string what, string type)
    {
        var row = Documents
            .Rows(Documents.Section(Documents.Read("docs", "cost.md"), "Telemetry"))
            .Single(cells => cells[0].StartsWith($"`{what}`", StringComparison.Ordinal));
        var sizes = day.Exported.SizesOf(type);

        Assert.NotEmpty(sizes);
        Assert.InRange(
            sizes.Average() / 1000,
            double.Parse(row[1], CultureInfo.InvariantCulture) / 2,
            double.Parse(row[1], CultureInfo.InvariantCulture)
        );
        if (what == "point")
        {
            Assert.InRange(sizes.Count, 1, int.Parse(Regex.Match(row[0], @"at most (\d+)").Groups[1].Value, CultureInfo.InvariantCulture));
        }
    }

    private static bool IsRunFinished(JsonObject properties) => (string?)properties["EventName"] == "RunFinished";

    private static IEnumerable<string> Queries() =>
        Directory.EnumerateFiles(Repository.At("infra", "queries"), "*.kql").Select(File.ReadAllText);

    private static void AssertResults(SyncJob job, EntityStore records, IReadOnlyCollection<string> sent)
    {
        var expected = Expectation.Load(job);
        var delivered = expected
            .Where(record => record.Value == Core.Checkpoints.RecordOutcome.Delivered)
            .Select(record => record.Key)
            .Order(StringComparer.Ordinal);
        var succeeded = expected
            .Where(record => record.Value is Core.Checkpoints.RecordOutcome.Delivered or Core.Checkpoints.RecordOutcome.OutOfScope)
            .Select(record => record.Key);

        Assert.Equal(delivered, sent.Order(StringComparer.Ordinal));
        Assert.Equal(
            succeeded.Order(StringComparer.Ordinal),
            records
                .Ids.Where(id => records.Text(id, SampleFields.Status) == StatusLine.Success)
                .Select(id => id.ToString(CultureInfo.InvariantCulture))
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            expected.Keys,
            id => Assert.NotEmpty(records.Text(long.Parse(id, CultureInfo.InvariantCulture), SampleFields.Status) ?? "")
        );
    }

    /// <summary>What the cards hold of people in these fields.</summary>
    private static IEnumerable<string> Personal(EntityStore records, params string[] fields) =>
        records
            .Ids.SelectMany(id => fields.Select(field => records.Text(id, field)?.Trim() ?? ""))
            .Where(value => value.Length > 2)
            .Distinct();

    [GeneratedRegex(@"Properties\.([A-Z]\w+)")]
    private static partial Regex Property();

    [GeneratedRegex("\"(b24otmechalka[^\"]+)\"")]
    private static partial Regex Metric();
}
