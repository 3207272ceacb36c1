using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class AlertsTests
{
    private const string Rules = "Microsoft.Insights/scheduledQueryRules";

    [Fact]
    public void Alerts_EachOfThem_HasASectionInTheRunbook()
    {
        var sections = Regex
            .Matches(Repository.Read("docs", "runbook.md"), "^## `([a-z-]+)`", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        var alerts = Deployment
            .Production.OfType(Rules)
            .Select(rule => Regex.Match(rule["properties"]!["description"]!.GetValue<string>(), "section ([a-z-]+)\\.$").Groups[1].Value);

        Assert.Equal(alerts.Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_OfProduction_AreSentAndResolveThemselves() =>
        Assert.All(
            Deployment.Production.OfType(Rules),
            rule =>
            {
                var properties = rule["properties"]!;
                Assert.True(properties["enabled"]!.GetValue<bool>());
                Assert.True(properties["autoMitigate"]!.GetValue<bool>());
                Assert.EndsWith(
                    "/ag-b24-chess-production",
                    properties["actions"]!["actionGroups"]!.AsArray().Single()!.GetValue<string>(),
                    StringComparison.Ordinal
                );
            }
        );

    [Fact]
    public void Alerts_OfATestEnvironment_StaySilent() =>
        Assert.All(Deployment.Test.OfType(Rules), rule => Assert.False(rule["properties"]!["enabled"]!.GetValue<bool>()));

    [Fact]
    public void Operators_AllOfThem_GetMail()
    {
        var receivers = Deployment.Production.The("Microsoft.Insights/actionGroups")["emailReceivers"]!.AsArray();

        Assert.Equal(
            ["operator@example.com", "maintainer@example.com"],
            receivers.Select(receiver => receiver!["emailAddress"]!.GetValue<string>())
        );
    }

    [Theory]
    [InlineData(true, 15)]
    [InlineData(false, 180)]
    public void NoSuccessfulRun_OfEachJob_IsJudgedOverThreePeriods(bool isProduction, int minutes)
    {
        var rules = (isProduction ? Deployment.Production : Deployment.Test)
            .OfType(Rules)
            .Where(rule => rule["name"]!.GetValue<string>().Contains("no-successful-run", StringComparison.Ordinal))
            .ToArray();

        Assert.Equal(
            ["CONTACT_SYNC_JOB", "DEAL_SYNC_JOB"],
            rules.Select(rule => Regex.Match(Query(rule), "Job\\) == \"(\\w+)\"").Groups[1].Value)
        );
        Assert.All(
            rules,
            rule =>
            {
                Assert.Contains($"ago({minutes}m)", Query(rule), StringComparison.Ordinal);
                Assert.True(XmlConvert.ToTimeSpan(rule["properties"]!["windowSize"]!.GetValue<string>()) >= TimeSpan.FromMinutes(minutes));
            }
        );
    }

    [Fact]
    public void Alerts_TheirWindows_AreNotShorterThanTheirFrequency() =>
        Assert.All(
            Deployment.Production.OfType(Rules),
            rule =>
                Assert.True(
                    XmlConvert.ToTimeSpan(rule["properties"]!["windowSize"]!.GetValue<string>())
                        >= XmlConvert.ToTimeSpan(rule["properties"]!["evaluationFrequency"]!.GetValue<string>())
                )
        );

    [Fact]
    public void Alerts_TheirDimensions_AreColumnsOfTheQuery() =>
        Assert.All(
            Deployment.Production.OfType(Rules),
            rule =>
                Assert.All(
                    rule["properties"]!["criteria"]!["allOf"]![0]!["dimensions"]!.AsArray(),
                    dimension => Assert.Matches($@"\| project TimeGenerated, .*\b{dimension!["name"]}\b", Query(rule))
                )
        );

    private static string Query(JsonObject rule) => rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>();
}
