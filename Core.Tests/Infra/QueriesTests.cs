using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Telemetry;
using Microsoft.Extensions.Logging;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The queries of alerts and workbook name only what Core really sends.</summary>
public sealed class QueriesTests
{
    [Fact]
    public void Queries_TheirMetrics_ArePublishedByCore()
    {
        var published = Instruments();

        Assert.Empty(
            Queries()
                .SelectMany(query => Regex.Matches(query, "\"(b24otmechalka[^\"]+)\""))
                .Select(match => match.Groups[1].Value)
                .Except(published)
        );
    }

    [Fact]
    public void Queries_TheirEvents_AreLoggedByCoreWithTheProperties()
    {
        var logged = Events();

        foreach (var query in Queries().Where(query => query.Contains("EventName", StringComparison.Ordinal)))
        {
            var name = Regex.Match(query, "EventName\\) == \"(\\w+)\"").Groups[1].Value;
            var used = Regex.Matches(query, @"Properties\.([A-Z]\w+)").Select(match => match.Groups[1].Value).Except(["EventName"]);

            Assert.True(logged.TryGetValue(name, out var properties), $"Core logs no event {name}.");
            Assert.Empty(used.Except(properties));
        }
    }

    [Fact]
    public void Queries_TheirOutcomesAndJobs_AreThoseOfCore()
    {
        var outcomes = Queries()
            .SelectMany(query => Regex.Matches(query, "Outcome (?:=~|!~) \"(\\w+)\"|in~ \\(\"(\\w+)\", \"(\\w+)\"\\)"))
            .SelectMany(match => match.Groups.Values.Skip(1))
            .Where(group => group.Success)
            .Select(group => group.Value)
            .Distinct();
        var jobs = Queries().SelectMany(query => Regex.Matches(query, "\"(\\w+_JOB)\"")).Select(match => match.Groups[1].Value).Distinct();

        Assert.Empty(outcomes.Except(Enum.GetNames<RunOutcome>()));
        Assert.Empty(jobs.Except(Enum.GetValues<SyncJob>().Select(job => job.Name())));
    }

    [Fact]
    public void Queries_TheirTables_AreThoseOfApplicationInsights() =>
        Assert.All(
            Queries(),
            query =>
                Assert.Matches(@"^(// [^\n]+\n)?(let \w+ = )?(union (isfuzzy=true )?\(?)?(AppTraces|AppMetrics|AppExceptions)\b", query)
        );

    [Fact]
    public void Queries_AllOfThem_ParseAgainstTheTables()
    {
        var queries = Runnable().ToArray();

        var found = Kql.Check([.. queries.Select(query => query.Text)]);

        Assert.Empty(queries.Zip(found).SelectMany(pair => pair.Second.Select(message => $"{pair.First.Name}: {message}")));
    }

    [Fact]
    public void Queries_OfAlerts_RunWhenNothingHasEverArrived()
    {
        // A rule whose query fails for long is switched off by Azure, so none may depend on a table that is not there yet.
        var alerts = Alerts(Deployment.Production).ToArray();

        var found = Kql.Check([.. alerts.Select(alert => alert.Text)], withTables: false);

        Assert.Empty(alerts.Zip(found).SelectMany(pair => pair.Second.Where(IsError).Select(message => $"{pair.First.Name}: {message}")));
    }

    [Fact]
    public void Parser_OfBrokenQueries_SaysWhatIsWrong()
    {
        (string Query, string Expected)[] broken =
        [
            ("AppTraces | where Colour == 1", "'Colour' does not refer"),
            ("AppMetrics | where Message == \"text\"", "'Message' does not refer"),
            ("AppTrace | count", "'AppTrace' does not refer"),
            ("AppTraces | summarise count()", "Query operator expected"),
            ("AppTraces | where TimeGenerated > agone(5m)", "'agone' does not refer"),
            ("let latest = AppTraces | take 1;\nlatest", "'let' does not refer"),
        ];

        var found = Kql.Check([.. broken.Select(item => item.Query)]);

        Assert.All(
            broken.Zip(found),
            pair =>
                Assert.Contains(pair.Second, message => IsError(message) && message.Contains(pair.First.Expected, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void NoSuccessfulRun_OverAnEmptyWorkspace_HasARow()
    {
        // A summary without «by» has one row over no rows at all, so the last condition holds; a «by» would make it silent.
        var query = Repository.Read("infra", "queries", "no-successful-run.kql");

        Assert.EndsWith("| summarize Successes = count()\n| where Successes == 0\n", query, StringComparison.Ordinal);
        Assert.StartsWith(
            "union isfuzzy=true AppTraces, (datatable(",
            query[(query.IndexOf('\n', StringComparison.Ordinal) + 1)..],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Queries_Placeholders_AreAllFilledIn()
    {
        var deployed = Deployment
            .Production.OfType("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>());

        Assert.All(deployed, query => Assert.DoesNotMatch(@"\{\w+\}", query));
        Assert.DoesNotContain("{portalHost}", Deployment.Production.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string> RefusalCodes => [.. PortalRefusals.Codes, ""];

    [Theory]
    [MemberData(nameof(RefusalCodes))]
    public void AuthorisationLost_CodesThatCoreTakesForIt_AreAllNamed(string code)
    {
        var error = new Bitrix24Error(code, "", 401);

        Assert.Equal(Bitrix24ErrorKind.Authorization, error.Kind);
        Assert.Contains(
            $"\"{error.SafeCode}\"",
            Repository.Read("infra", "queries", "authorisation-lost.kql"),
            StringComparison.OrdinalIgnoreCase
        );
    }

    private static bool IsError(string message) => message.StartsWith("Error", StringComparison.Ordinal);

    // Alerts as they are deployed in both examples; the workbook's with values in the places of its parameters.
    private static IEnumerable<(string Name, string Text)> Runnable() =>
        Alerts(Deployment.Production)
            .Concat(Alerts(Deployment.Test))
            .Concat(
                Workbook()
                    .Select(item =>
                        (
                            item["name"]!.GetValue<string>(),
                            item["content"]!["query"]!
                                .GetValue<string>()
                                .Replace("{TimeRange:grain}", "1h", StringComparison.Ordinal)
                                .Replace("{Portal}", "example.bitrix24.ru", StringComparison.Ordinal)
                        )
                    )
            );

    private static IEnumerable<(string Name, string Text)> Alerts(Deployment deployment) =>
        deployment
            .OfType("Microsoft.Insights/scheduledQueryRules")
            .Select(rule =>
                (rule["name"]!.GetValue<string>(), rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>())
            );

    private static IEnumerable<JsonNode> Workbook() =>
        JsonNode.Parse(Repository.Read("infra", "workbook.json"))!["items"]!
            .AsArray()
            .Where(item => item!["type"]!.GetValue<int>() == 3)
            .Select(item => item!);

    private static IReadOnlyList<string> Queries() =>
        [
            .. Directory.EnumerateFiles(Repository.At("infra", "queries"), "*.kql").Select(File.ReadAllText),
            .. Workbook().Select(item => item["content"]!["query"]!.GetValue<string>()),
        ];

    private static HashSet<string> Instruments()
    {
        var names = new HashSet<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == SyncTelemetry.MeterName)
            {
                names.Add(instrument.Name);
            }
        };
        RuntimeHelpers.RunClassConstructor(typeof(SyncTelemetry).TypeHandle);
        listener.Start();
        return names;
    }

    private static Dictionary<string, string[]> Events() =>
        typeof(SyncRunner)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .Where(attribute => attribute?.EventName is not null)
            .ToDictionary(
                attribute => attribute!.EventName!,
                attribute => Regex.Matches(attribute!.Message, @"\{(\w+)\}").Select(match => match.Groups[1].Value).ToArray()
            );
}
