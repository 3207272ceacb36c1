using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// Wrong settings leave the worker alive, so that its functions are there to be fired; each tick then fails with all that is
/// wrong, by the settings' names and without their values (docs/spec.md, section 3).
/// </summary>
[Collection(WorkerTests.Name)]
public sealed class WorkerConfigurationTests
{
    private const string Secret = "q7w8e9secret";

    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(1);

    /// <summary>What each source says, and the names that the failure has to name; a setting that is not mentioned is right.</summary>
    private static readonly Dictionary<string, (Dictionary<string, string?> Settings, string[] Named)> Cases = new()
    {
        ["nothing is set"] = (
            Everything(null),
            [
                "SYNC_START_DATE",
                "Bitrix24__WebhookUrl",
                "Otmechalka__BaseUrl",
                "Otmechalka__ApiKey",
                "AzureWebJobsStorage",
                "Mapping__Contact__StatusField",
            ]
        ),
        ["the environment is wrong"] = (
            new()
            {
                ["SYNC_START_DATE"] = "yesterday",
                ["Bitrix24__WebhookUrl"] = $"http://example.bitrix24.ru/{Secret}",
                ["Sync__TimeBudget"] = "long",
            },
            ["SYNC_START_DATE", "Bitrix24__WebhookUrl", "Sync__TimeBudget"]
        ),
        ["mapping.json is not filled in"] = (
            new() { ["Mapping__Contact__Routes__1__BranchOffice"] = null, ["Mapping__Deal__BranchOffices__186"] = null },
            ["Mapping__Contact__Routes__1__BranchOffice", "Mapping__Deal__BranchOffices__186"]
        ),
        ["MAPPING_JSON lacks most"] = (
            Everything("""{ "Mapping": { "Contact": { "StatusField": "TITLE" } } }"""),
            ["Mapping__Contact__StatusField", "Mapping__Deal__StatusField"]
        ),
        ["MAPPING_JSON is no JSON"] = (
            new() { ["MAPPING_JSON"] = "{ \"Mapping\": [", ["SYNC_START_DATE"] = "yesterday" },
            ["MAPPING_JSON", "SYNC_START_DATE"]
        ),
        ["MAPPING_FILE names no file"] = (
            new() { ["MAPPING_FILE"] = "nowhere.json", ["SYNC_START_DATE"] = "yesterday" },
            ["nowhere.json", "SYNC_START_DATE"]
        ),
        ["MAPPING_FILE names no JSON"] = (
            new() { ["MAPPING_FILE"] = Path.Combine(WorkerProcess.Folder, "B24Otmechalka.Functions.dll") },
            ["B24Otmechalka.Functions.dll"]
        ),
    };

    public static TheoryData<string> Wrong => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Fire_WrongSettings_FailsEachTickWithAllThatIsWrong(string why)
    {
        var (settings, named) = Cases[why];
        var environment = WorkerSettings.Environment(
            TestSettings.Complete(new Uri("https://example.bitrix24.ru/rest/1/token/"), new Uri("https://example.com/"), Secret)
        );
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        await using var host = await FunctionsHost.StartAsync(environment);
        foreach (var job in new[] { WorkerDay.Contacts, WorkerDay.Deals })
        {
            var answer = await host.Fire(job).Answer.WaitAsync(RunLimit, TimeProvider.System);

            Assert.Equal(StatusResult.Types.Status.Failure, answer.Result.Status);
            Assert.All(named, name => Assert.Contains(name, answer.Result.Exception.Message, StringComparison.Ordinal));
            Assert.DoesNotContain(Secret, $"{answer}", StringComparison.Ordinal);
        }

        Assert.DoesNotContain(host.Logs, log => $"{log}".Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, host.Worker.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Everything(string? mapping)
    {
        var nothing = WorkerSettings
            .Environment(TestSettings.Complete(new Uri("https://example.com/"), new Uri("https://example.com/"), ""))
            .Keys.ToDictionary(name => name, _ => (string?)null);
        nothing["MAPPING_JSON"] = mapping; // instead of the file
        return nothing;
    }
}
