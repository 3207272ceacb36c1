using System.Diagnostics;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Tests.Functions.Worker;
using B24Otmechalka.Core.Tests.Infra;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions;

/// <summary>The folder that a deployment sends to Azure holds what the host and the worker need, and nothing else.</summary>
public sealed class PublishedFolderTests : IDisposable
{
    /// <summary>What stands beside the assemblies; the symbols make a stack trace in a log readable.</summary>
    private static readonly string[] Named =
    [
        "B24Otmechalka.Core.pdb",
        "B24Otmechalka.Functions.deps.json",
        "B24Otmechalka.Functions.pdb",
        "B24Otmechalka.Functions.runtimeconfig.json",
        "extensions.json",
        "functions.metadata",
        "host.json",
        "mapping.json",
        "ru/B24Otmechalka.Core.resources.dll",
        "worker.config.json",
    ];

    /// <summary>What the Worker SDK makes for the host, which loads it into its own process.</summary>
    private const string ForTheHost = ".azurefunctions/";

    private readonly string folder = Directory.CreateTempSubdirectory("published-").FullName;

    [Fact]
    public async Task Publish_TheFunctionsApp_HoldsWhatItMustAndNothingElse()
    {
        var (code, output) = await PublishAsync();
        Assert.True(code == 0, output);

        var published = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .ToArray();
        var own = published.Where(file => !file.StartsWith(ForTheHost, StringComparison.Ordinal));

        Assert.Equal(Named.Union(Assemblies()).Order(StringComparer.Ordinal), own.Order(StringComparer.Ordinal));
        Assert.Contains(published, file => file == $"{ForTheHost}function.deps.json");

        var worker = Read("worker.config.json")["description"]!;
        Assert.Equal("dotnet", (string?)worker["defaultExecutablePath"]);
        Assert.True(File.Exists(Path.Combine(folder, (string)worker["defaultWorkerPath"]!)));
        Assert.Equal(
            ["CONTACT_SYNC_JOB", "DEAL_SYNC_JOB"],
            Read("functions.metadata").AsArray().Select(function => (string?)function!["name"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(File.ReadAllText(Repository.At("host.json")), File.ReadAllText(Path.Combine(folder, "host.json")));
        Assert.Equal(File.ReadAllText(Repository.At("mapping.json")), File.ReadAllText(Path.Combine(folder, "mapping.json")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What is built is published as it is, in seconds; the deployment's own command builds it first.</summary>
    private async Task<(int Code, string Output)> PublishAsync()
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(WorkerProcess.Folder))!;
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", Repository.At("Functions"), "--no-build", "--configuration", configuration, "--output", folder, "-nodeReuse:false"]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>The app's own list of the assemblies that it loads.</summary>
    private IEnumerable<string> Assemblies() =>
        Read("B24Otmechalka.Functions.deps.json")["targets"]!
            .AsObject()
            .Single()
            .Value!.AsObject()
            .SelectMany(package =>
                Keys(package.Value!["runtime"]).Select(file => Path.GetFileName(file)).Concat(Keys(package.Value!["runtimeTargets"]))
            );

    private static IEnumerable<string> Keys(JsonNode? members) => members?.AsObject().Select(member => member.Key) ?? [];

    private JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file)))!;
}
