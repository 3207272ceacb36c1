using System.Diagnostics;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>The command as a process of its own: streams, exit codes and signals as a shell sees them.</summary>
public sealed class ProcessTests : IDisposable
{
    /// <summary>Nobody listens on the discard port of this machine.</summary>
    private const string NoStorage =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:9/devstoreaccount1;";

    private readonly string folder = Directory.CreateTempSubdirectory("b24sync-").FullName;

    public ProcessTests()
    {
        var values = new JsonObject();
        foreach (
            var (name, value) in TestSettings.Complete(new Uri("http://127.0.0.1:9/rest/1/token/"), new Uri("http://127.0.0.1:9/"), "key")
        )
        {
            values[name] = name == "AzureWebJobsStorage" ? NoStorage : value;
        }

        File.WriteAllText(Path.Combine(folder, "local.settings.json"), new JsonObject { ["Values"] = values }.ToJsonString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Process_NothingIsListening_EndsWith3AndOneJsonObject()
    {
        var (code, output, error) = await RunAsync("sync", "all", "--json");

        Assert.Equal(3, code);
        Assert.Equal(["interrupted", "interrupted"], JsonNode.Parse(output)!["jobs"]!.AsArray().Select(job => (string?)job!["outcome"]));
        Assert.Equal("", error);
    }

    [Fact]
    public async Task Process_EnvironmentVariableIsWrong_EndsWith2()
    {
        var (code, output, error) = await RunAsync(start => start.Environment["Mapping__Contact__StatusField"] = "NAME", "sync", "all");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("Mapping__Contact__StatusField: ", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)] // a shell that runs the tests in the background has them ignore SIGINT: then it never ends
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Process_SignalWhileWatching_EndsInOrderWith130(string signal)
    {
        using var process = Start(_ => { }, "sync", "contacts", "--watch", "1h");
        var error = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            error.Add(line);
            if (line.StartsWith("Next run at", StringComparison.Ordinal))
            {
                using var kill = Process.Start(
                    "kill",
                    ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
                );
                await kill.WaitForExitAsync();
            }
        }

        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.StartsWith("Stopping", error[^1], StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(_ => { }, args);

    private async Task<(int Code, string Output, string Error)> RunAsync(Action<ProcessStartInfo> prepare, params string[] args)
    {
        using var process = Start(prepare, args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private Process Start(Action<ProcessStartInfo> prepare, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "b24sync.dll"), .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" }, // the texts compared are English
        };
        prepare(start);
        return Process.Start(start)!;
    }
}
