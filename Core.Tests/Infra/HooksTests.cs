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
        var result = hook.Run(
            "ask.cs",
            new Dictionary<string, string?>
            {
                ["SYNC_START_DATE"] = "2020-12-20",
                ["OTMECHALKA_BASE_URL"] = "http://example.otmechalka.com/",
            }
        );

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("SYNC_START_DATE", result.Errors, StringComparison.Ordinal);
        Assert.Contains("OTMECHALKA_BASE_URL", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Contact.StatusField (field of Bitrix24", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Contact.Routes.1.Courses.0 (ID of otmechalka; product 404, branch 48", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Deal.BranchOffices.186 (ID of otmechalka)", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Routes.0.", result.Errors, StringComparison.Ordinal);
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
    public void Ask_AFileIsNamed_FillsItsEmptyPlacesWithEarlierAnswers()
    {
        var answers = Answers();
        answers["MAPPING_FILE"] = "mapping.json";
        answers["MAPPING_JSON"] = answers["MAPPING_JSON"]!.Replace("10985", "777", StringComparison.Ordinal);

        var result = hook.Run("ask.cs", answers);

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        var call = Assert.Single(hook.AzdCalls).Split('|');
        Assert.Equal(["env", "set", "MAPPING_JSON"], call[..3]);
        var mapping = JsonNode.Parse(call[3])!["Mapping"]!;
        Assert.Equal("UF_CRM_57AD7FAF7E6C4", mapping["Contact"]!["StudentLastNameField"]!.GetValue<string>());
        Assert.Equal("UF_CRM_ANSWERED", mapping["Contact"]!["StatusField"]!.GetValue<string>());
        Assert.Equal("10985", mapping["Contact"]!["Routes"]![0]!["Courses"]![0]!.GetValue<string>());
        Assert.Equal("2634", mapping["Deal"]!["BranchOffices"]!["186"]!.GetValue<string>());
    }

    [UnixFact]
    public void Ask_ABrokenMapping_IsNamedByItsLine()
    {
        var answers = Answers();
        answers["MAPPING_JSON"] = "{ \"Mapping\": {\n ]";

        var result = hook.Run("ask.cs", answers);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("MAPPING_JSON is not valid JSON: line 2.\n", result.Errors);
        Assert.Empty(hook.AzdCalls);
    }

    [UnixFact]
    public void Ask_ATestEnvironment_NeedsNobodyWhoIsTold()
    {
        var answers = Answers();
        answers["STAGE"] = "test";
        answers["ALERT_EMAILS"] = "";

        Assert.Equal(0, hook.Run("ask.cs", answers).ExitCode);
    }

    [Fact]
    public void Questions_OfTheHook_AreParametersOfTheTemplate()
    {
        var asked = Regex
            .Matches(Repository.Read("infra", "hooks", "ask.cs"), "new\\(\"(\\w+)\"")
            .Select(match => match.Groups[1].Value)
            .ToArray();
        var read = Regex
            .Matches(Repository.Read("infra", "main.bicepparam"), @"readEnvironmentVariable\('(\w+)'")
            .Select(match => match.Groups[1].Value);

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(read));
    }

    [UnixFact]
    public void StoreSecrets_TypedIn_GoToTheVaultAndNowhereElse()
    {
        using var azure = new FakeAzure(refusals: 1);

        var result = hook.Run("store-secrets.cs", Outputs(azure), $"{azure.Address}/rest/1/token\nsecret-key\n");

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"{azure.Address}/rest/1/token/", azure.Secrets["Bitrix24-WebhookUrl"]);
        Assert.Equal("secret-key", azure.Secrets["Otmechalka-ApiKey"]);
        Assert.DoesNotContain("token/", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            hook.AzdCalls,
            call => call.Contains("rest", StringComparison.Ordinal) || call.Contains("secret-key", StringComparison.Ordinal)
        );
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
    public void StoreSecrets_RefusedByTheirSystems_AreAskedForAgain()
    {
        using var azure = new FakeAzure();

        var result = hook.Run(
            "store-secrets.cs",
            Outputs(azure),
            $"not a webhook\n{azure.Address}/rest/1/old/\n{azure.Address}/rest/1/token/\nold-key\nsecret-key\n"
        );

        Assert.Equal("", result.Errors);
        Assert.Contains("This is not of the expected form.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Bitrix24 refuses the webhook: INVALID_CREDENTIALS. It is not stored.", result.Output, StringComparison.Ordinal);
        Assert.Contains("otmechalka refuses the key: HTTP 401. It is not stored.", result.Output, StringComparison.Ordinal);
        Assert.Equal($"{azure.Address}/rest/1/token/", azure.Secrets["Bitrix24-WebhookUrl"]);
        Assert.Equal("secret-key", azure.Secrets["Otmechalka-ApiKey"]);
        Assert.Equal(2, azure.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal)));
    }

    [UnixFact]
    public void StoreSecrets_WebhookWithoutAScope_IsNotStored()
    {
        using var azure = new FakeAzure { Scopes = """{"result":["user_brief"]}""" };

        var result = hook.Run("store-secrets.cs", Outputs(azure), $"{azure.Address}/rest/1/token/\n");

        Assert.Contains("lacks the scope crm", result.Output, StringComparison.Ordinal);
        Assert.Empty(azure.Secrets);
    }

    [UnixFact]
    public void StoreSecrets_SystemsOutOfReach_AreStoredUntriedAndThatIsSaid()
    {
        using var azure = new FakeAzure();
        var outputs = new Dictionary<string, string?>(Outputs(azure)) { ["OTMECHALKA_BASE_URL"] = "http://127.0.0.1:1/" };

        var result = hook.Run("store-secrets.cs", outputs, "http://127.0.0.1:1/rest/1/token/\nany-key\n");

        Assert.Equal(2, Regex.Count(result.Output, "stored untried"));
        Assert.Equal("http://127.0.0.1:1/rest/1/token/", azure.Secrets["Bitrix24-WebhookUrl"]);
        Assert.Equal("any-key", azure.Secrets["Otmechalka-ApiKey"]);
    }

    [UnixFact]
    public void StoreSecrets_RotatingOne_ReplacesThatOneOnly()
    {
        using var azure = new FakeAzure { Key = "new", Secrets = { ["Bitrix24-WebhookUrl"] = Webhook, ["Otmechalka-ApiKey"] = "old" } };

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

    private static Dictionary<string, string?> Outputs(FakeAzure azure) =>
        new()
        {
            ["KEY_VAULT_URI"] = azure.Address,
            ["FUNCTION_APP_ID"] = App,
            ["AZURE_RESOURCE_MANAGER_URI"] = azure.Address,
            ["OTMECHALKA_BASE_URL"] = azure.Address + "/",
        };

    private static Dictionary<string, string?> Answers() =>
        new()
        {
            ["SYNC_START_DATE"] = "2020-12-20",
            ["OTMECHALKA_BASE_URL"] = "https://example.otmechalka.com/",
            ["BITRIX24_PORTAL_HOST"] = "example.bitrix24.ru",
            ["ALERT_EMAILS"] = "a@example.com,b@example.com",
            ["MAPPING_JSON"] = JsonNode
                .Parse(Repository.Read("infra", "examples", "chess.json"))!
                .ToJsonString()
                .Replace("UF_CRM_SYNC_STATUS", "UF_CRM_ANSWERED", StringComparison.Ordinal),
        };
}
