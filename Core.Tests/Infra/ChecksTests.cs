using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>A wrong parameter ends everything before a resource is made: the template is evaluated as Azure does it.</summary>
public sealed class ChecksTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["AZURE_ENV_NAME"] = "Chess-production",
        ["SCHOOL"] = "Chess",
        ["SYNC_START_DATE"] = "2020-12-20",
        ["OTMECHALKA_BASE_URL"] = "https://example.otmechalka.com:8443/",
        ["BITRIX24_PORTAL_HOST"] = "example.bitrix24.ru",
        ["ALERT_EMAILS"] = "Operator@Example.com",
        ["MAPPING_JSON"] = Repository.Read("infra", "examples", "chess.json"),
        ["OPERATOR_PRINCIPAL_ID"] = "1111AAAA-1111-1111-1111-11111111111F",
    };

    [Fact]
    public void Values_ThatAreRight_GoThroughAndNamesAreLowered()
    {
        using var place = new Place();

        Assert.Equal("", place.Deploy(Right));
        var names = JsonNode.Parse(File.ReadAllText(place.Snapshot))!["predictedResources"]!
            .AsArray()
            .Select(resource => resource!["name"]!.GetValue<string>())
            .ToArray();
        Assert.Contains(names, name => Regex.IsMatch(name, "^stb24chessproduct[a-z0-9]{5,7}$"));
        Assert.Contains(names, name => Regex.IsMatch(name, "^kv-b24chessproduc[a-z0-9]{5,7}$"));
    }

    [Theory]
    [InlineData(
        "AZURE_ENV_NAME=a/b;SCHOOL=chess_1;SYNC_START_DATE=20.12.2020;OTMECHALKA_BASE_URL=http://example.otmechalka.com/;ALERT_EMAILS=;"
            + "CONTACT_SYNC_MINUTES=7;DEAL_SYNC_MINUTES=0;OPERATOR_PRINCIPAL_ID=me;"
            + "BITRIX24_PORTAL_HOST=https://example.bitrix24.ru/;DAILY_LOG_CAP_GB=-1;"
            + "ALERT_CLIENTS=6000;ALERT_BACKLOG_MINUTES=0;ALERT_REFUSED_PERCENT=101;ALERT_STATUSES_OWED=0;MAPPING_JSON=;"
            + "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP=2020-13-01;SYNC_DEAL_LAST_MODIFY_TIMESTAMP=2020-01-32;"
            + "EXTRA_SETTINGS={\"Otmechalka__ApiKey\":\"x\"}"
    )]
    [InlineData(
        "AZURE_ENV_NAME=окружение;SCHOOL=школа;SYNC_START_DATE=2020-1-2;OTMECHALKA_BASE_URL=https:///;ALERT_EMAILS=operator;"
            + "CONTACT_SYNC_MINUTES=-5;DEAL_SYNC_MINUTES=1440;BITRIX24_PORTAL_HOST=localhost;DAILY_LOG_CAP_GB=0.0;"
            + "OPERATOR_PRINCIPAL_ID=g1111111-1111-1111-1111-111111111111;"
            + "ALERT_CLIENTS=0;ALERT_REFUSED_PERCENT=0;EXTRA_SETTINGS={\"Mapping__Deal__StatusField\":\"x\"};"
            + "SYNC_DEAL_LAST_MODIFY_TIMESTAMP=yesterday"
    )]
    [InlineData(
        "SCHOOL=a;OTMECHALKA_BASE_URL=https://example.otmechalka.com/api/;ALERT_EMAILS=a@example.com,b;DAILY_LOG_CAP_GB=1.2.3;"
            + "BITRIX24_PORTAL_HOST=.ru;"
            + "SYNC_START_DATE=;EXTRA_SETTINGS={\"CONTACT_SYNC_SCHEDULE\":\"0 */5 * * * *\"};AZURE_ENV_NAME=a_b;"
            + "OPERATOR_PRINCIPAL_ID=11111111111111111111111111111111"
    )]
    [InlineData(
        "SCHOOL=elevenchars;OTMECHALKA_BASE_URL=https://example.otmechalka.com;ALERT_EMAILS=a@b@example.com;DAILY_LOG_CAP_GB=.;"
            + "BITRIX24_PORTAL_HOST=example..ru;"
            + "SYNC_START_DATE=2020-12-200;EXTRA_SETTINGS={\"AzureWebJobsStorage__accountName\":\"x\"};CONTACT_SYNC_MINUTES=61"
    )]
    [InlineData("OTMECHALKA_BASE_URL=https://пример.рф/?x=/;ALERT_EMAILS=@example.com;SYNC_START_DATE=aaaa-bb-cc")]
    public void Values_ThatAreWrong_EndItAllAndAreAllNamed(string values)
    {
        using var place = new Place();
        var wrong = values.Split(';').Select(value => value.Split('=', 2)).ToDictionary(parts => parts[0], parts => (string?)parts[1]);

        var error = place.Deploy(
            Right.Concat(wrong).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value)
        );

        Assert.Contains("Nothing is deployed", error, StringComparison.Ordinal);
        Assert.All(wrong.Keys, name => Assert.Contains($"{name}: ", error, StringComparison.Ordinal));
        Assert.All(Right.Keys.Except(wrong.Keys), name => Assert.DoesNotContain($"{name}: ", error, StringComparison.Ordinal));
        Assert.False(File.Exists(place.Snapshot));
    }

    [Theory]
    [InlineData("STAGE", "staging")]
    [InlineData("CONTACT_SYNC_MINUTES", "often")]
    [InlineData("EXTRA_SETTINGS", "Sync__TimeBudget=5")]
    [InlineData("MAPPING_JSON", "{ \"Mapping\": ")]
    public void Values_OfTheWrongKind_EndItAll(string name, string value)
    {
        using var place = new Place();

        Assert.NotEqual("", place.Deploy(new Dictionary<string, string?>(Right) { [name] = value }));
        Assert.False(File.Exists(place.Snapshot));
    }

    [Fact]
    public void Emails_OfATestEnvironment_MayBeMissing()
    {
        using var place = new Place();

        Assert.Equal("", place.Deploy(new Dictionary<string, string?>(Right) { ["STAGE"] = "test", ["ALERT_EMAILS"] = "" }));
    }

    [Theory]
    [InlineData(
        """{"Mapping":{"Contact":{"Routes":[{"Courses":["1",""]},{"Product":"2","BranchOffice":"3"}]}"""
            + ""","Deal":{"BranchOffices":{"186":""}}}}"""
    )]
    [InlineData(
        """{"Mapping":{"Contact":{"StatusField":"UF_CRM_A","ProductField":"UF_CRM_A","BranchField":"lower"}"""
            + ""","Deal":{"StatusField":"TITLE","BranchOffices":{}}}}"""
    )]
    public void Mapping_ThatTheAppRefuses_IsRefusedByTheTemplateForTheSamePlaces(string mapping)
    {
        using var place = new Place();
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mapping))).Build();
        var refused = Assert
            .Throws<ConfigurationException>(() => SettingsReader.Read(configuration))
            .Problems.Select(problem => problem.Setting)
            .Where(name => name.StartsWith("Mapping__", StringComparison.Ordinal))
            .Distinct();

        var error = place.Deploy(new Dictionary<string, string?>(Right) { ["MAPPING_JSON"] = mapping });
        var named = Regex.Matches(error, "Mapping__\\w+(?=: )").Select(match => match.Value).Distinct();

        Assert.Equal(refused.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    /// <summary>A copy of the templates, since the evaluation writes beside its parameters.</summary>
    private sealed class Place : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("bicep-checks-").FullName;

        public Place()
        {
            foreach (
                var file in Directory
                    .EnumerateFiles(Repository.At("infra"), "*", SearchOption.AllDirectories)
                    .Where(file => !file.Contains("snapshot", StringComparison.Ordinal))
            )
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(Repository.At("infra"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        public string Snapshot => Path.Combine(folder, "main.snapshot.json");

        /// <summary>What it says when it ends; empty when it would deploy.</summary>
        public string Deploy(IReadOnlyDictionary<string, string?> environment)
        {
            var result = Bicep.Run(
                environment,
                ["snapshot", Path.Combine(folder, "main.bicepparam"), "--mode", "overwrite", .. Bicep.SnapshotPlace]
            );
            return result.ExitCode == 0 ? "" : result.Output + result.Errors;
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
