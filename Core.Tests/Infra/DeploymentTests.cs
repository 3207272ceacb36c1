using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class DeploymentTests
{
    [Fact]
    public void Roles_OfEverybody_AreTheExpectedAndNoOther()
    {
        var roles = Deployment.Production.OfType("Microsoft.Authorization/roleAssignments").Select(Describe).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "app: Key Vault Secrets User on vaults",
                "app: Monitoring Metrics Publisher on components",
                "app: Storage Blob Data Owner on storageAccounts",
                "app: Storage Table Data Contributor on storageAccounts",
                "operator: Key Vault Secrets Officer on vaults",
                "operator: Storage Table Data Contributor on storageAccounts",
            ],
            roles
        );
    }

    [Fact]
    public void Roles_WithoutOperator_AreTheAppsAlone() =>
        Assert.All(
            Deployment.Test.OfType("Microsoft.Authorization/roleAssignments"),
            role => Assert.StartsWith("app: ", Describe(role), StringComparison.Ordinal)
        );

    [Fact]
    public void Storage_HasNoKeyNoPublicBlobAndTls12()
    {
        var account = Deployment.Production.The("Microsoft.Storage/storageAccounts");

        Assert.False(account["allowSharedKeyAccess"]!.GetValue<bool>());
        Assert.False(account["allowBlobPublicAccess"]!.GetValue<bool>());
        Assert.False(account["allowCrossTenantReplication"]!.GetValue<bool>());
        Assert.True(account["supportsHttpsTrafficOnly"]!.GetValue<bool>());
        Assert.Equal("TLS1_2", account["minimumTlsVersion"]!.GetValue<string>());
        Assert.Equal(
            "None",
            Deployment.Production.The("Microsoft.Storage/storageAccounts/blobServices/containers")["publicAccess"]!.GetValue<string>()
        );
    }

    [Fact]
    public void Vault_TakesRolesOnlyAndHoldsNoSecretOfTheTemplate()
    {
        Assert.True(Deployment.Production.The("Microsoft.KeyVault/vaults")["enableRbacAuthorization"]!.GetValue<bool>());
        Assert.Empty(Deployment.Production.OfType("Microsoft.KeyVault/vaults/secrets"));
    }

    [Fact]
    public void Vault_TellsTheWorkspaceWhoReadASecret()
    {
        var audit = Deployment.Production.OfType("Microsoft.Insights/diagnosticSettings").Single();

        Assert.Contains("Microsoft.KeyVault/vaults", audit["id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("audit", audit["properties"]!["logs"]!.AsArray().Single()!["categoryGroup"]!.GetValue<string>());
        Assert.True(audit["properties"]!["logs"]![0]!["enabled"]!.GetValue<bool>());
        Assert.EndsWith("/log-b24-chess-production", audit["properties"]!["workspaceId"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_DeletedByMistake_AreKeptForAWeek()
    {
        var blobs = Deployment.Production.The("Microsoft.Storage/storageAccounts/blobServices");

        Assert.All(
            new[] { blobs["deleteRetentionPolicy"]!, blobs["containerDeleteRetentionPolicy"]! },
            policy =>
            {
                Assert.True(policy["enabled"]!.GetValue<bool>());
                Assert.Equal(7, policy["days"]!.GetValue<int>());
            }
        );
    }

    [Fact]
    public void Telemetry_IsCappedAndTakenFromEntraIdentitiesOnly()
    {
        var workspace = Deployment.Production.The("Microsoft.OperationalInsights/workspaces");

        Assert.True(Deployment.Production.The("Microsoft.Insights/components")["DisableLocalAuth"]!.GetValue<bool>());
        Assert.True(workspace["features"]!["disableLocalAuth"]!.GetValue<bool>());
        Assert.InRange(workspace["workspaceCapping"]!["dailyQuotaGb"]!.GetValue<double>(), 0.01, 1);
    }

    [Fact]
    public void App_RunsDotnet10OnSmallestInstances()
    {
        var configuration = Deployment.Production.The("Microsoft.Web/sites")["functionAppConfig"]!;

        Assert.Equal("FC1", Deployment.Production.OfType("Microsoft.Web/serverfarms").Single()["sku"]!["name"]!.GetValue<string>());
        Assert.Equal("dotnet-isolated 10.0", $"{configuration["runtime"]!["name"]} {configuration["runtime"]!["version"]}");
        // Smaller limits are refused in some regions.
        Assert.Equal(40, configuration["scaleAndConcurrency"]!["maximumInstanceCount"]!.GetValue<int>());
        Assert.Equal(512, configuration["scaleAndConcurrency"]!["instanceMemoryMB"]!.GetValue<int>());
        Assert.Equal("UserAssignedIdentity", configuration["deployment"]!["storage"]!["authentication"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void App_IsReachedOverTlsAndWithoutPasswords()
    {
        var app = Deployment.Production.The("Microsoft.Web/sites");
        var doors = Deployment.Production.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies");

        Assert.True(app["httpsOnly"]!.GetValue<bool>());
        Assert.Equal("1.2", app["siteConfig"]!["minTlsVersion"]!.GetValue<string>());
        Assert.Equal("1.2", app["siteConfig"]!["scmMinTlsVersion"]!.GetValue<string>());
        Assert.Equal("Disabled", app["siteConfig"]!["ftpsState"]!.GetValue<string>());
        Assert.Equal(2, doors.Count);
        Assert.All(doors, door => Assert.False(door["properties"]!["allow"]!.GetValue<bool>()));
    }

    [Fact]
    public void Everything_OfBothExamples_HoldsNoSecret()
    {
        foreach (
            var text in new[] { Deployment.Production.Text, Deployment.Test.Text, Bicep.Run("build", "main.bicep", "--stdout").Output }
        )
        {
            Assert.DoesNotMatch(
                new Regex(
                    "AccountKey=|SharedAccessSignature|listKeys|listAccountSas|instrumentationKey"
                        + "|primaryKey|/rest/\\d+/|securestring|DefaultEndpointsProtocol",
                    RegexOptions.IgnoreCase
                ),
                text
            );
        }
    }

    [Fact]
    public void Names_OfTwoSchools_AreApartAndTagged()
    {
        Assert.Empty(Names(Deployment.Production).Intersect(Names(Deployment.Test)));
        Assert.All(
            Deployment.Production.All.Where(resource => resource.ContainsKey("location")),
            resource => Assert.Equal("chess", resource["tags"]!["school"]!.GetValue<string>())
        );

        static IEnumerable<string> Names(Deployment deployment) =>
            deployment.All.Where(resource => resource.ContainsKey("location")).Select(resource => resource["name"]!.GetValue<string>());
    }

    private static string Describe(JsonObject assignment)
    {
        var properties = assignment["properties"]!;
        var id = properties["roleDefinitionId"]!.GetValue<string>().Split('/')[^1];
        var role = id switch
        {
            "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" => "Storage Blob Data Owner",
            "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3" => "Storage Table Data Contributor",
            "4633458b-17de-408a-b874-0445c86b69e6" => "Key Vault Secrets User",
            "b86a8fe4-44ce-4948-aee5-eccb2c155cd7" => "Key Vault Secrets Officer",
            "3913510d-42f4-4e42-8a64-420c390055eb" => "Monitoring Metrics Publisher",
            _ => id,
        };
        var scope = assignment["id"]!.GetValue<string>().Split("/providers/Microsoft.Authorization/")[0].Split('/')[^2];
        var isApp = properties["principalId"]!.GetValue<string>().Contains("userAssignedIdentities", StringComparison.Ordinal);
        return $"{(isApp ? "app" : "operator")}: {role} on {scope}";
    }
}
