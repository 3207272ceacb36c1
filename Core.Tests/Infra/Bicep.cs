using System.Diagnostics;
using System.Reflection;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The Bicep compiler of the package that the test project downloads; it needs no network.</summary>
internal static class Bicep
{
    private static readonly string Tool = typeof(Bicep)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "BicepPath")
        .Value!;

    /// <summary>Where a snapshot is taken: made-up IDs, so that names and references are the same everywhere.</summary>
    public static IReadOnlyList<string> SnapshotPlace { get; } =
    [
        "--subscription-id",
        "00000000-0000-0000-0000-000000000000",
        "--tenant-id",
        "00000000-0000-0000-0000-000000000001",
        "--location",
        "westeurope",
        "--deployment-name",
        "snapshot",
    ];

    public static ToolResult Run(params string[] arguments) => Run(new Dictionary<string, string?>(), arguments);

    public static ToolResult Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool, arguments)
        {
            WorkingDirectory = Repository.At("infra"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, errors.Result);
    }
}

/// <summary>What a command line tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors);
