using System.Text.Json.Nodes;
using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Processes;
using B24Otmechalka.Sandbox.Azurite;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>The storage goes away between two ticks: levels that nobody knows any more are not exported as if somebody did.</summary>
[Collection(WorkerTests.Name)]
public sealed class WorkerOutageTests
{
    private static readonly string[] Levels =
    [
        "b24otmechalka.clients.known",
        "b24otmechalka.statuses.owed",
        "b24otmechalka.records.waiting",
    ];

    [Fact]
    public async Task Gauges_AfterATickWithoutStorage_AreNotExported()
    {
        var azurite = await AzuriteProcess.StartAsync();
        await using var school = await School.OpenAsync(azurite.ConnectionString, "Outage");
        using var ingestion = new Ingestion();
        await using var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings, ingestion));
        await host.Fire(WorkerDay.Contacts).Answer.WaitAsync(WorkerRuns.Limit, TimeProvider.System);
        await azurite.DisposeAsync();

        await host.Fire(WorkerDay.Contacts).Answer.WaitAsync(WorkerRuns.Limit, TimeProvider.System);
        host.Terminate();
        await host.Worker.EndAsync(WorkerRuns.Limit);

        var last = ingestion.DataOf("MessageData").Select(data => data["properties"]!).Last(IsRunFinished);
        Assert.Equal("Interrupted", (string?)last["Outcome"]);
        Assert.StartsWith("storage is unavailable", (string?)last["Reason"], StringComparison.Ordinal);
        Assert.Empty(Exported(ingestion).Intersect(Levels));
        Assert.NotEmpty(Exported(ingestion)); // the counters of the first run
    }

    private static bool IsRunFinished(JsonNode properties) => (string?)properties["EventName"] == "RunFinished";

    private static IEnumerable<string> Exported(Ingestion ingestion) =>
        ingestion.DataOf("MetricData").Select(data => (string)data["metrics"]![0]!["name"]!);
}
