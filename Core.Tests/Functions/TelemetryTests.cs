using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Telemetry;
using B24Otmechalka.Core.Tests.Infra;
using B24Otmechalka.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions;

/// <summary>What really goes over the wire to Application Insights: the alerts and the workbook are written against this shape.</summary>
[Collection(Alone)]
public sealed class TelemetryTests : IDisposable
{
    /// <summary>The process has one meter: runs of other tests would set its gauges, too.</summary>
    private const string Alone = "the meter";

    private readonly Ingestion ingestion = new();

    [Fact]
    public async Task Export_RunFinished_ArrivesOnceWithThePropertiesThatAlertsAskFor()
    {
        await SendAsync(services => Finish(services.GetRequiredService<ILogger<SyncRunner>>()));

        var record = Assert.Single(ingestion.DataOf("MessageData"), IsRunFinished);
        var sent = record["properties"]!.AsObject().Select(property => property.Key).ToArray();
        var asked = Directory
            .EnumerateFiles(Repository.At("infra", "queries"), "*.kql")
            .Select(File.ReadAllText)
            .SelectMany(query => Regex.Matches(query, @"Properties\.([A-Z]\w+)"))
            .Select(match => match.Groups[1].Value);
        Assert.Empty(asked.Except(sent));
        Assert.Equal("CONTACT_SYNC_JOB", record["properties"]!["Job"]!.GetValue<string>());
        Assert.Equal("3", record["properties"]!["Failed"]!.GetValue<string>());
    }

    [Fact]
    public async Task Export_InASpanThatIsNotSampled_KeepsTheRecord()
    {
        await SendAsync(services =>
        {
            using var activity = new System.Diagnostics.Activity("host").Start();
            activity.ActivityTraceFlags = System.Diagnostics.ActivityTraceFlags.None;
            Finish(services.GetRequiredService<ILogger<SyncRunner>>());
        });

        Assert.Single(ingestion.DataOf("MessageData"), IsRunFinished);
    }

    [Fact]
    public async Task Export_Metrics_ArriveWithNameAndSum()
    {
        await SendAsync(_ => SyncTelemetry.Backlog("CONTACT_SYNC_JOB", 1, 2, 3.5, 4600));

        var metrics = ingestion
            .DataOf("MetricData")
            .Select(data =>
                (
                    Name: data["metrics"]![0]!["name"]!.GetValue<string>(),
                    Value: data["metrics"]![0]!["value"]!.GetValue<double>(),
                    Data: data
                )
            )
            .ToArray();
        Assert.Equal(4600, Assert.Single(metrics, metric => metric.Name == "b24otmechalka.clients.known").Value);
        var age = Assert.Single(
            metrics,
            metric =>
                metric.Name == "b24otmechalka.backlog.age" && metric.Data["properties"]!["job"]!.GetValue<string>() == "CONTACT_SYNC_JOB"
        );
        Assert.Equal(3.5, age.Value);
    }

    [Fact]
    public async Task Export_LevelsThatARunCouldNotKnow_AreNotSent()
    {
        await SendAsync(_ =>
        {
            SyncTelemetry.Backlog("CONTACT_SYNC_JOB", 1, 2, 3.5, 4600);
            SyncTelemetry.Backlog("CONTACT_SYNC_JOB", null, null, null, null);
        });

        var jobs = ingestion
            .DataOf("MetricData")
            .Where(data =>
                data["metrics"]![0]!["name"]!.GetValue<string>()
                    is "b24otmechalka.clients.known"
                        or "b24otmechalka.backlog.age"
                        or "b24otmechalka.statuses.owed"
                        or "b24otmechalka.records.waiting"
            )
            .Select(data => data["properties"]!["job"]!.GetValue<string>());
        Assert.DoesNotContain("CONTACT_SYNC_JOB", jobs);
    }

    [Fact]
    public void MetricInterval_BesideTheAlerts_IsShortEnoughForEachToSeeSeveral()
    {
        var frequencies = Deployment
            .Production.OfType("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => System.Xml.XmlConvert.ToTimeSpan(rule["properties"]!["evaluationFrequency"]!.GetValue<string>()));

        Assert.All(
            frequencies,
            frequency => Assert.InRange(B24Otmechalka.Functions.Telemetry.MetricInterval, frequency / 5, frequency / 2)
        );
    }

    [Fact]
    public async Task Export_RequestToTheWebhook_LeavesNoTrace()
    {
        await SendAsync(async _ =>
        {
            using var http = new HttpClient();
            await http.GetAsync(new Uri(ingestion.Address + "rest/1/secret-token/crm.contact.list"));
        });

        Assert.NotEmpty(ingestion.ToString());
        Assert.DoesNotContain("secret-token", ingestion.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => ingestion.Dispose();

    private static bool IsRunFinished(JsonNode message) => message["properties"]?["EventName"]?.GetValue<string>() == "RunFinished";

    private static void Finish(ILogger logger) =>
        SyncLog.RunFinished(
            logger,
            "CONTACT_SYNC_JOB",
            "Interrupted",
            "otmechalka is unavailable: HTTP 401",
            1,
            2,
            2,
            2,
            2,
            3,
            0,
            1,
            0,
            0,
            4,
            5,
            1.5,
            "2020-12-21T10:19:34+03:00",
            60,
            4600,
            "1.2.3 (abcdef0)"
        );

    private Task SendAsync(Action<IServiceProvider> act) =>
        SendAsync(services =>
        {
            act(services);
            return Task.CompletedTask;
        });

    private async Task SendAsync(Func<IServiceProvider, Task> act)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenTelemetry().AddJobs().Export(ingestion.ConnectionString, clientId: null);
        using (var host = builder.Build())
        {
            await host.StartAsync();
            await act(host.Services);
            await host.StopAsync();
        }
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneDefinition;
}
