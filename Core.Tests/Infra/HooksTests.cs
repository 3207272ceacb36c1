using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The hooks of azure.yaml, run as azd runs them.</summary>
public sealed class HooksTests : IDisposable
{
    private const string Webhook = "https://example.bitrix24.ru/rest/1/token/";
    private const string App = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/sites/app";

    private readonly Hook hook = new();

    [UnixFact]
    public void Ask_NobodyToAsk_NamesAllThatIsMissingAndFails()
    {
        var result = hook.Run("ask.cs", new Dictionary<string, string?> { ["SYNC_START_DATE"] = "2020-12-20", ["GROUP_COURSE"] = "not a number" });

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("SYNC_START_DATE", result.Errors, StringComparison.Ordinal);
        Assert.Contains("GROUP_COURSE", result.Errors, StringComparison.Ordinal);
        Assert.Contains("ALERT_EMAILS", result.Errors, StringComparison.Ordinal);
        Assert.Empty(hook.AzdCalls);
    }

    [UnixFact]
    public void Ask_EverythingIsSet_AsksNothing()
    {
        var result = hook.Run("ask.cs", Answers());

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(hook.AzdCalls);
    }

    [UnixFact]
    public void Ask_SchoolHasAMappingOfItsOwn_KeepsItWithoutCommentsAndAsksForNoId()
    {
        var answers = Answers().Where(answer => !answer.Key.EndsWith("_COURSE", StringComparison.Ordinal)).ToDictionary();
        answers["MAPPING_FILE"] = "mapping.json";

        var result = hook.Run("ask.cs", answers);

        Assert.Equal(0, result.ExitCode);
        var call = Assert.Single(hook.AzdCalls).Split('|');
        Assert.Equal(["env", "set", "MAPPING_JSON"], call[..3]);
        Assert.Equal("UF_CRM_57AD7FAF7E6C4", JsonNode.Parse(call[3])!["Mapping"]!["Contact"]!["StudentLastNameField"]!.GetValue<string>());
    }

    [Fact]
    public void Parameters_OfTheTemplate_AreAllAskedForOrHaveADefault()
    {
        var required = Regex.Matches(Repository.Read("infra", "settings.bicep"), @"required\('(\w+)'").Select(match => match.Groups[1].Value);
        var asked = Regex.Matches(Repository.Read("infra", "hooks", "ask.cs"), "new\\(\"(\\w+)\"").Select(match => match.Groups[1].Value).ToArray();
        var read = Regex.Matches(Repository.Read("infra", "main.bicepparam"), @"readEnvironmentVariable\('(\w+)'").Select(match => match.Groups[1].Value);

        Assert.Empty(required.Except(asked));
        Assert.Empty(asked.Except(read));
    }

    [UnixFact]
    public void StoreSecrets_TypedIn_GoToTheVaultAndNowhereElse()
    {
        using var azure = new FakeAzure(refusals: 1);

        var result = hook.Run("store-secrets.cs", Outputs(azure), "https://example.bitrix24.ru/rest/1/token\nsecret-key\n");

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Webhook, azure.Secrets["Bitrix24-WebhookUrl"]);
        Assert.Equal("secret-key", azure.Secrets["Otmechalka-ApiKey"]);
        Assert.DoesNotContain("token/", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(hook.AzdCalls, call => call.Contains("rest", StringComparison.Ordinal) || call.Contains("secret-key", StringComparison.Ordinal));
        Assert.Equal($"POST {App}/config/configreferences/appsettings/refresh Bearer entra-token", azure.Requests[^1]);
    }

    [UnixFact]
    public void StoreSecrets_AlreadyStored_AreNeitherReadNorAskedFor()
    {
        using var azure = new FakeAzure { Secrets = { ["Bitrix24-WebhookUrl"] = Webhook, ["Otmechalka-ApiKey"] = "old" } };

        var result = hook.Run("store-secrets.cs", Outputs(azure), "never\nused\n");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("old", azure.Secrets["Otmechalka-ApiKey"]);
        Assert.All(azure.Requests, request => Assert.Matches("^GET /secrets/[^/]+/versions ", request));
    }

    [UnixFact]
    public void StoreSecrets_RotatingOne_ReplacesThatOneOnly()
    {
        using var azure = new FakeAzure { Secrets = { ["Bitrix24-WebhookUrl"] = Webhook, ["Otmechalka-ApiKey"] = "old" } };

        hook.Run("store-secrets.cs", new Dictionary<string, string?>(Outputs(azure)) { ["ROTATE"] = "key" }, "new\n");

        Assert.Equal(Webhook, azure.Secrets["Bitrix24-WebhookUrl"]);
        Assert.Equal("new", azure.Secrets["Otmechalka-ApiKey"]);
    }

    [UnixFact]
    public void StoreSecrets_NobodyToAsk_SaysSoAndStoresNothing()
    {
        using var azure = new FakeAzure();

        var result = hook.Run("store-secrets.cs", Outputs(azure));

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(azure.Secrets);
        Assert.Contains("Bitrix24-WebhookUrl is not stored", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => hook.Dispose();

    private static Dictionary<string, string?> Outputs(FakeAzure azure) => new()
    {
        ["KEY_VAULT_URI"] = azure.Address,
        ["FUNCTION_APP_ID"] = App,
        ["AZURE_RESOURCE_MANAGER_URI"] = azure.Address,
    };

    private static Dictionary<string, string?> Answers() => new()
    {
        ["SYNC_START_DATE"] = "2020-12-20",
        ["OTMECHALKA_BASE_URL"] = "https://example.otmechalka.com/",
        ["BITRIX24_PORTAL_HOST"] = "example.bitrix24.ru",
        ["ALERT_EMAILS"] = "a@example.com,b@example.com",
        ["CONTACT_STATUS_FIELD"] = "UF_CRM_SYNC_STATUS",
        ["DEAL_STATUS_FIELD"] = "UF_CRM_SYNC_STATUS",
        ["GROUP_COURSE"] = "1",
        ["INDIVIDUAL_COURSE"] = "2",
        ["GOGOLEVSKY_OFFICE"] = "3",
        ["SKOLKOVO_OFFICE"] = "4",
        ["GOGOLEVSKY_SALES"] = "3",
        ["SKOLKOVO_SALES"] = "4",
    };
}
