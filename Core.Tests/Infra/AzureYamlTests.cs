using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class AzureYamlTests
{
    [Fact]
    public void Paths_InAzureYaml_Exist()
    {
        var paths = Regex
            .Matches(Repository.Read("azure.yaml"), @"(?:project|run|path): (?:\./)?(\S+)")
            .Select(match => match.Groups[1].Value)
            .ToArray();

        Assert.Equal(["infra", "Functions", "infra/hooks/ask.cs", "infra/hooks/store-secrets.cs"], paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Repository.At(path)), path));
    }

    [Fact]
    public void Service_InAzureYaml_IsTheTagOfTheApp()
    {
        var service = Regex.Match(Repository.Read("azure.yaml"), @"services:\n  (\w+):").Groups[1].Value;

        Assert.Equal(
            service,
            Deployment.Production.OfType("Microsoft.Web/sites").Single()["tags"]!["azd-service-name"]!.GetValue<string>()
        );
        Assert.Equal(
            "chess-production",
            Deployment.Production.OfType("Microsoft.Resources/resourceGroups").Single()["tags"]!["azd-env-name"]!.GetValue<string>()
        );
    }
}
