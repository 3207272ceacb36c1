using System.Diagnostics;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Tests.Processes;

/// <summary>One run of <c>b24sync sync all --json</c> as a process of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    /// <summary>A sync of these tests takes seconds; one that takes minutes hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private CliProcess(Process process) =>
        (this.process, output, error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public static CliProcess Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "b24sync.dll"), "sync", "all", "--json"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new CliProcess(Process.Start(start)!);
    }

    /// <summary>SIGKILL: the process gets no chance to do anything more.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code, 137 after a SIGKILL, and the reports by job.</returns>
    public async Task<(int Code, IReadOnlyList<JsonNode> Jobs, string Error)> EndAsync()
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }

        var json = await output;
        return (process.ExitCode, json.Length == 0 ? [] : [.. JsonNode.Parse(json)!["jobs"]!.AsArray().Select(job => job!)], await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
