using System.Text;
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

        Assert.Equal(
            $"@Microsoft.KeyVault(VaultName={vault};SecretName=Bitrix24-WebhookUrl)",
            Deployment.Production.Settings["Bitrix24__WebhookUrl"]
        );
        Assert.Equal(
            $"@Microsoft.KeyVault(VaultName={vault};SecretName=Otmechalka-ApiKey)",
            Deployment.Production.Settings["Otmechalka__ApiKey"]
        );
        Assert.EndsWith(
            "/id-b24-chess-production",
            Deployment.Production.The("Microsoft.Web/sites")["keyVaultReferenceIdentity"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Storage_OfTheApp_IsReachedByIdentity()
    {
        var settings = Deployment.Production.Settings;

        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Equal(
            Deployment.Production.OfType("Microsoft.Storage/storageAccounts").Single()["name"]!.GetValue<string>(),
            settings["AzureWebJobsStorage__accountName"]
        );
        Assert.Contains(".clientId", settings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
        Assert.Contains(";Authorization=AAD'", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
    }

    [Fact]
    public void Settings_OfTheExampleFile_AreAllDeployed()
    {
        // Local only: the platform sets the first by itself, the second stands in the identity form, the mapping travels as one text.
        string[] local = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];
        var example = JsonNode.Parse(Repository.Read("local.settings.json.example"))!["Values"]!
            .AsObject()
            .Where(setting => setting.Value!.GetValue<string>().Length > 0)
            .Select(setting => setting.Key);

        Assert.DoesNotContain(
            example.Except(local).Except(Deployment.Production.Settings.Keys),
            name => !name.StartsWith("Mapping__", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(true, "UF_CRM_57AD7FAF7E6C4")]
    [InlineData(false, "UF_CRM_1700000001")]
    public void Mapping_OfASchool_TravelsAsOneText(bool isProduction, string field)
    {
        var settings = (isProduction ? Deployment.Production : Deployment.Test).Settings;

        Assert.Equal(field, JsonNode.Parse(settings["MAPPING_JSON"])!["Mapping"]!["Contact"]!["StudentLastNameField"]!.GetValue<string>());
        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("Mapping__", StringComparison.Ordinal));
    }

    [Fact]
    public void Mapping_OfTheExample_IsThePackagesFilledIn()
    {
        var options = new System.Text.Json.JsonDocumentOptions { CommentHandling = System.Text.Json.JsonCommentHandling.Skip };
        var package = Places(JsonNode.Parse(Repository.Read("mapping.json"), documentOptions: options)!, "").ToDictionary();
        var filled = Places(JsonNode.Parse(Repository.Read("infra", "examples", "chess.json"))!, "").ToDictionary();

        Assert.Equal(package.Keys.Order(StringComparer.Ordinal), filled.Keys.Order(StringComparer.Ordinal));
        Assert.All(package.Where(place => place.Value.Length > 0), place => Assert.Equal(place.Value, filled[place.Key]));
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
            ["MAPPING_JSON"] = Repository.Read("infra", "examples", "chess.json"),
            ["CONTACT_SYNC_MINUTES"] = "10",
        };

        var result = Bicep.Run(environment, "build-params", "main.bicepparam", "--stdout");
        var parameters = JsonNode.Parse(JsonNode.Parse(result.Output)!["parametersJson"]!.GetValue<string>())!["parameters"]!;

        Assert.Equal("test", parameters["stage"]!["value"]!.GetValue<string>());
        Assert.Contains("10987", parameters["mappingJson"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(10, parameters["period"]!["value"]!["contacts"]!.GetValue<int>());
        Assert.Equal(5, parameters["period"]!["value"]!["deals"]!.GetValue<int>());
        Assert.Equal(
            ["a@example.com", "b@example.com"],
            parameters["alertEmails"]!["value"]!.AsArray().Select(email => email!.GetValue<string>())
        );
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

        var error = Assert.Throws<ConfigurationException>(() =>
            SettingsReader.Read(Configuration(deployed["Bitrix24__WebhookUrl"], deployed["Otmechalka__ApiKey"]))
        );

        Assert.Equal(
            ["Bitrix24__WebhookUrl", "Otmechalka__ApiKey"],
            error.Problems.Select(problem => problem.Setting).Order(StringComparer.Ordinal)
        );
    }

    // As the app composes it: the mapping of the setting, then the environment.
    private static IConfiguration Configuration(string webhook, string key)
    {
        var environment = new Dictionary<string, string>(Deployment.Production.Settings)
        {
            ["Bitrix24__WebhookUrl"] = webhook,
            ["Otmechalka__ApiKey"] = key,
        };
        return new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(environment["MAPPING_JSON"])))
            .AddInMemoryCollection(
                environment.Select(setting =>
                    KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)
                )
            )
            .Build();
    }

    private static IEnumerable<KeyValuePair<string, string>> Places(JsonNode node, string path) =>
        node switch
        {
            JsonObject item => item.SelectMany(member => Places(member.Value!, $"{path}.{member.Key}")),
            JsonArray list => list.SelectMany((element, index) => Places(element!, $"{path}.{index}")),
            _ => [KeyValuePair.Create(path, node.GetValue<string>())],
        };
}
