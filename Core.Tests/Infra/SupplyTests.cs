using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using B24Otmechalka.Core.Sync;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>What is shipped is named, and its version comes from git.</summary>
public sealed class SupplyTests
{
    [Theory]
    [InlineData("Core")]
    [InlineData("Cli")]
    [InlineData("Functions")]
    public void Packages_ThatAreShipped_AreInTheNotices(string project)
    {
        var notices = Repository.Read("THIRD-PARTY-NOTICES.md");
        var packages = XElement
            .Load(Repository.At(project, $"{project}.csproj"))
            .Descendants("PackageReference")
            .Select(package => (string)package.Attribute("Include")!)
            .ToArray();

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains($"| {package} |", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Version_OfTheProduct_IsThatOfGitAndNotWrittenDown()
    {
        var version = typeof(SyncRunner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", version);
        Assert.DoesNotMatch("<Version>|<VersionPrefix>", Repository.Read("Directory.Build.props"));
    }

    [Fact]
    public void Changelog_ItsNewestVersion_HasADay() =>
        Assert.Matches(@"## \[1\.0\.0\] - \d{4}-\d{2}-\d{2}", Repository.Read("CHANGELOG.md"));

    [Fact]
    public void Tools_OfNpm_ArePinnedWithTheirHashes()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.At("Core.Tests", "Infra", "Tools"), "package-lock.json"))
        {
            var packages = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!["packages"]!
                .AsObject()
                .Where(package => package.Key.Length > 0)
                .ToArray();

            Assert.NotEmpty(packages);
            Assert.All(packages, package => Assert.Matches("^sha512-", package.Value!["integrity"]!.GetValue<string>()));
        }

        Assert.DoesNotMatch("\"[~^*]", Repository.Read("Core.Tests", "Infra", "Tools", "package.json"));
    }

    [Fact]
    public void Bicep_ItsVersion_StandsWhereDependabotLooks()
    {
        var versions = Repository.Read("Directory.Packages.props");

        Assert.Equal(
            3,
            Regex.Count(
                versions,
                "<PackageVersion Include=\"Azure\\.Bicep\\.CommandLine\\.[a-z0-9-]+\" Version=\"\\$\\(BicepVersion\\)\" />"
            )
        );
    }
}
