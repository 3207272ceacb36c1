using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>
/// What the project file, host.json and the sources of Functions say; what the worker does with it is tested in Functions/Worker.
/// </summary>
public sealed class FunctionsProjectTests
{
    private static readonly XElement Project = XElement.Load(Repository.At("Functions", "Functions.csproj"));

    [Theory]
    [InlineData("host.json", "PreserveNewest")]
    [InlineData("mapping.json", "PreserveNewest")]
    [InlineData("local.settings.json", "Never")]
    public void Files_OfTheTop_GoToTheOutputAndSettingsNeverToThePackage(string file, string published)
    {
        var item = Project.Descendants("None").Single(none => (string?)none.Attribute("Include") == $"../{file}");

        Assert.Equal(file, (string?)item.Attribute("Link"));
        Assert.Equal("PreserveNewest", (string?)item.Attribute("CopyToOutputDirectory"));
        Assert.Equal(published, (string?)item.Attribute("CopyToPublishDirectory"));
    }

    [Fact]
    public void Project_RunByDotnetRun_StartsInAnAbsoluteFolder()
    {
        var target = Project.Elements("Target").Single(target => (string?)target.Attribute("Name") == "RunFromOutputDirectory");

        Assert.Equal("_FunctionsComputeRunArguments", (string?)target.Attribute("AfterTargets"));
        Assert.Equal("$(TargetDir)", target.Descendants("RunWorkingDirectory").Single().Value);
        Assert.NotEmpty(Project.Descendants("UserSecretsId"));
    }

    [Fact]
    public void Packages_OfTheWorker_AreReferencedHereOnly()
    {
        var elsewhere = Directory
            .EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Repository.At("Functions"), StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("Microsoft.Azure.Functions", StringComparison.Ordinal));

        Assert.Empty(elsewhere);
    }

    [Theory]
    [InlineData("ContactSyncFunction.cs", "CONTACT_SYNC_JOB", "%CONTACT_SYNC_SCHEDULE%")]
    [InlineData("DealSyncFunction.cs", "DEAL_SYNC_JOB", "%DEAL_SYNC_SCHEDULE%")]
    public void Function_EachOfThem_RunsOnItsScheduleAndNotAtStart(string file, string name, string schedule)
    {
        var source = Repository.Read("Functions", file);

        Assert.Contains($"[Function(\"{name}\")]", source, StringComparison.Ordinal);
        Assert.Contains($"[TimerTrigger(\"{schedule}\", RunOnStartup = false)]", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_ItsTimeout_IsLongerThanTheTimeBudget()
    {
        var host = JsonNode.Parse(Repository.Read("host.json"))!;

        Assert.Equal("OpenTelemetry", host["telemetryMode"]!.GetValue<string>());
        Assert.True(TimeSpan.Parse(host["functionTimeout"]!.GetValue<string>(), null) > new Core.Sync.SyncOptions().TimeBudget);
    }

    [Fact]
    public void Telemetry_OfTheWorker_HasNoHttpInstrumentation()
    {
        // The webhook's token is part of the URL.
        var sources = string.Concat(Directory.EnumerateFiles(Repository.At("Functions"), "*.cs").Select(File.ReadAllText));

        Assert.DoesNotMatch(new Regex("Instrumentation\\(|System\\.Net\\.Http|AddSource\\(\"Azure|UseAzureMonitor\\("), sources);
        Assert.DoesNotContain("OpenTelemetry.Instrumentation", Project.ToString(), StringComparison.Ordinal);
    }
}
