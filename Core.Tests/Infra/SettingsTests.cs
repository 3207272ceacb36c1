using System.Text.Json.Nodes;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class SettingsTests
{
    [Fact]
    public void Secrets_OfTheApp_AreReferencesResolvedByItsIdentity()
    {
        var vault = Deployment.Production.OfType("Microsoft.KeyVault/vaults").Single()["name"]!.GetValue<string>();

        Assert.Equal($"@Microsoft.KeyVault(VaultName={vault};SecretName=Bitrix24-WebhookUrl)", Deployment.Production.Settings["Bitrix24__WebhookUrl"]);
        Assert.Equal($"@Microsoft.KeyVault(VaultName={vault};SecretName=Otmechalka-ApiKey)", Deployment.Production.Settings["Otmechalka__ApiKey"]);
        Assert.EndsWith("/id-b24-chess-production", Deployment.Production.The("Microsoft.Web/sites")["keyVaultReferenceIdentity"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Storage_OfTheApp_IsReachedByIdentity()
    {
        var settings = Deployment.Production.Settings;

        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Equal(Deployment.Production.OfType("Microsoft.Storage/storageAccounts").Single()["name"]!.GetValue<string>(), settings["AzureWebJobsStorage__accountName"]);
        Assert.Contains(".clientId", settings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
        Assert.Contains(";Authorization=AAD'", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
    }

    [Fact]
    public void Settings_OfTheExampleFile_AreAllDeployed()
    {
        // Local only: the platform sets the first by itself, the second stands in the identity form.
        string[] local = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];
        var example = JsonNode.Parse(Repository.Read("local.settings.json.example"))!["Values"]!.AsObject()
            .Where(setting => setting.Value!.GetValue<string>().Length > 0).Select(setting => setting.Key);

        Assert.Empty(example.Except(local).Except(Deployment.Production.Settings.Keys));
    }

    [Fact]
    public void Mapping_OfThePackage_IsFilledWhereItIsEmpty()
    {
        var options = new System.Text.Json.JsonDocumentOptions { CommentHandling = System.Text.Json.JsonCommentHandling.Skip };
        var empty = EmptyPaths(JsonNode.Parse(Repository.Read("mapping.json"), documentOptions: options)!, "").Order(StringComparer.Ordinal);

        Assert.Equal(empty, Deployment.Production.Settings.Keys.Where(name => name.StartsWith("Mapping__", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Mapping_OfTheSchoolsOwn_ReplacesTheWholeFile()
    {
        Assert.Contains("UF_CRM_SYNC_STATUS", Deployment.Test.Settings["MAPPING_JSON"], StringComparison.Ordinal);
        Assert.DoesNotContain(Deployment.Test.Settings.Keys, name => name.StartsWith("Mapping__", StringComparison.Ordinal));
        Assert.DoesNotContain("MAPPING_JSON", Deployment.Production.Settings.Keys);
    }

    [Fact]
    public void Parameters_FromTheEnvironment_ReachTheTemplate()
    {
        var environment = new Dictionary<string, string?>
        {
            ["AZURE_ENV_NAME"] = "here",
            ["SCHOOL"] = "chess",
            ["STAGE"] = "test",
            ["SYNC_START_DATE"] = "2020-12-20",
            ["ALERT_EMAILS"] = "a@example.com, b@example.com",
            ["EXTRA_SETTINGS"] = """{"Sync__TimeBudget":"00:05:00"}""",
            ["GROUP_COURSE"] = "10987",
        };

        var result = Bicep.Run(environment, "build-params", "main.bicepparam", "--stdout");
        var parameters = JsonNode.Parse(JsonNode.Parse(result.Output)!["parametersJson"]!.GetValue<string>())!["parameters"]!;

        Assert.Equal("test", parameters["stage"]!["value"]!.GetValue<string>());
        Assert.Equal("10987", parameters["ids"]!["value"]!["groupCourse"]!.GetValue<string>());
        Assert.Equal(["a@example.com", "b@example.com"], parameters["alertEmails"]!["value"]!.AsArray().Select(email => email!.GetValue<string>()));
        Assert.Equal("00:05:00", parameters["extraSettings"]!["value"]!["Sync__TimeBudget"]!.GetValue<string>());
    }

    [Fact]
    public void Parameters_WithNothingSet_CompileAllTheSame()
    {
        // azd compiles the file before its hooks have asked for anything.
        var result = Bicep.Run("build-params", "main.bicepparam", "--stdout");

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void Settings_OfTheApp_AreAcceptedByCore()
    {
        var settings = SettingsReader.Read(Configuration("https://example.bitrix24.ru/rest/1/token/", "key"));

        Assert.Equal("UF_CRM_SYNC_STATUS", settings.Contact.StatusField);
        Assert.Equal("B24Otmechalka", settings.Sync.TableName);
    }

    [Fact]
    public void Settings_WhoseReferencesAreUnresolved_AreRefusedByName()
    {
        var deployed = Deployment.Production.Settings;

        var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(Configuration(deployed["Bitrix24__WebhookUrl"], deployed["Otmechalka__ApiKey"])));

        Assert.Equal(["Bitrix24__WebhookUrl", "Otmechalka__ApiKey"], error.Problems.Select(problem => problem.Setting).Order(StringComparer.Ordinal));
    }

    // As the app composes it: the package's mapping, then the environment.
    private static IConfiguration Configuration(string webhook, string key)
    {
        var environment = new Dictionary<string, string>(Deployment.Production.Settings) { ["Bitrix24__WebhookUrl"] = webhook, ["Otmechalka__ApiKey"] = key };
        return new ConfigurationBuilder()
            .AddJsonFile(Repository.At("mapping.json"))
            .AddInMemoryCollection(environment.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
            .Build();
    }

    private static IEnumerable<string> EmptyPaths(JsonNode node, string path) => node switch
    {
        JsonObject item => item.SelectMany(member => EmptyPaths(member.Value!, path.Length == 0 ? member.Key : $"{path}__{member.Key}")),
        JsonArray list => list.SelectMany((element, index) => EmptyPaths(element!, $"{path}__{index}")),
        _ => node.GetValue<string>().Length == 0 ? [path] : [],
    };
}
