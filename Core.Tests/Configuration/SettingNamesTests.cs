using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Configuration;

public sealed class SettingNamesTests
{
    [Theory]
    [InlineData("Bitrix24__WebhokUrl", "Bitrix24__WebhookUrl")]
    [InlineData("Bitrix24__Webhook", "Bitrix24__WebhookUrl")]
    [InlineData("Bitrix24_WebhookUrl", "Bitrix24__WebhookUrl")]
    [InlineData("Bitrx24__WebhookUrl", "Bitrix24__WebhookUrl")]
    [InlineData("Otmechalka__Key", "Otmechalka__ApiKey")]
    [InlineData("OTMECHALKA__APIKYE", "Otmechalka__ApiKey")]
    [InlineData("Sync__TimeBudgte", "Sync__TimeBudget")]
    [InlineData("SYNC_STRAT_DATE", "SYNC_START_DATE")]
    [InlineData("SYNC_DEALS_LAST_MODIFY_TIMESTAMP", "SYNC_DEAL_LAST_MODIFY_TIMESTAMP")]
    [InlineData("CONTACTS_SYNC_SCHEDULE", "CONTACT_SYNC_SCHEDULE")]
    [InlineData("MAPPING_FIEL", "MAPPING_FILE")]
    [InlineData("AzureWebJobsStorage__acountName", "AzureWebJobsStorage__accountName")]
    [InlineData("Mapping__Contact__StatusFeild", "Mapping__Contact__StatusField")]
    [InlineData("Mapping:Contact:StatusFeild", "Mapping__Contact__StatusField")]
    [InlineData("Mapping__Contacts__StatusField", "Mapping__Contact__StatusField")]
    [InlineData("Maping__Deal__Stages__1", "Mapping__Deal__Stages__1")]
    [InlineData("Mapping__Contact__Routes__2__Cources__0", "Mapping__Contact__Routes__2__Courses__0")]
    [InlineData("Mapping__Deal__BranchOfices__186", "Mapping__Deal__BranchOffices__186")]
    public void Check_AMistypedName_IsToldWithTheNearest(string name, string nearest)
    {
        var warning = Assert.Single(Check((name, "Zz9value")));

        Assert.Equal(name.Replace(":", "__", StringComparison.Ordinal), warning.Setting);
        Assert.EndsWith(" " + nearest, warning.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Zz9value", warning.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bitrix24__Colour")]
    [InlineData("Otmechalka__Quux")]
    [InlineData("SYNC_EVERYTHING_ALWAYS")]
    [InlineData("Mapping__Teachers__Q")]
    public void Check_ANameNearNone_IsToldWithoutOne(string name) =>
        Assert.DoesNotContain("nearest", Assert.Single(Check((name, "1"))).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("Logging__LogLevel__Default")]
    [InlineData("Async__Mode")]
    [InlineData("SYNC")]
    [InlineData("AzureWebJobsStorage__blobServiceUri")]
    [InlineData("AzureWebJobsStorage__tenantId")]
    [InlineData("AzureWebJobsStorage__somethingOfTheSdk")]
    [InlineData("AzureWebJobs_CONTACT_SYNC_JOB_Disabled")]
    [InlineData("AzureWebJobs.CONTACT_SYNC_JOB.Disabled")]
    public void Check_NamesOfOthers_AreLeftAlone(string name) => Assert.Empty(Check((name, "1")));

    [Fact]
    public void Check_AListSetAsOneValue_IsTold() =>
        Assert.Contains(
            "Mapping__Deal__Stages__0",
            Assert.Single(Check(("Mapping__Deal__Stages", "WON"))).Problem,
            StringComparison.Ordinal
        );

    /// <summary>Every name that the reader asks for, in whatever case, is known.</summary>
    [Fact]
    public void Check_EveryName_IsKnown()
    {
        var names = SettingNames.All.Select(name =>
            name.Replace("#", "3", StringComparison.Ordinal).Replace("*", "186", StringComparison.Ordinal)
        );
        var settings = TestSettings.Complete(
            new Uri("https://example.bitrix24.ru/rest/1/token/"),
            new Uri("https://otmechalka.example.com/"),
            "key"
        );

        Assert.True(AskedSettings.Names.Count > 40, "the reader asked for too few");
        // A list is asked for as a whole, and told of when it is set as one value.
        var asked = AskedSettings.Names.Where(name =>
            !AskedSettings.Names.Any(other => other.StartsWith(name + ":", StringComparison.Ordinal))
        );
        Assert.Empty(Check([.. asked.Select(name => (name, "1"))]));
        Assert.Empty(Check([.. names.Select(name => (name.ToUpperInvariant(), "1"))]));
        Assert.Empty(Check([.. settings.Select(pair => (pair.Key, pair.Value!))]));
    }

    /// <summary>One slip anywhere behind a section's name: it is told, and a name that is near enough is ours.</summary>
    [Fact]
    public void Check_AnySlip_IsToldAndTheNearestIsOneLetterAway() =>
        Gen.Select(
                Choice.Of([
                    .. SettingNames.All.Where(name => name.Contains("__", StringComparison.Ordinal) && name.IndexOfAny(['#', '*']) < 0),
                ]),
                Gen.Int[0, 100],
                Gen.Char['a', 'z']
            )
            .Sample(
                (name, place, letter) =>
                {
                    var start = name.IndexOf("__", StringComparison.Ordinal) + 2;
                    var typed = name.Insert(start + (place % (name.Length - start + 1)), letter.ToString());
                    if (
                        SettingNames.All.Contains(typed, StringComparer.OrdinalIgnoreCase)
                        || typed.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal)
                    )
                    {
                        return;
                    }

                    var nearest = Assert.Single(Check((typed, "1"))).Problem.Split(' ')[^1];
                    Assert.Equal(1, EditDistance.Between(nearest.ToUpperInvariant(), typed.ToUpperInvariant()));
                }
            );

    private static List<SettingWarning> Check(params (string Name, string Value)[] settings) =>
        [
            .. SettingNames.Check(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        settings.Select(one =>
                            KeyValuePair.Create(one.Name.Replace("__", ":", StringComparison.Ordinal), (string?)one.Value)
                        )
                    )
                    .Build()
            ),
        ];
}
