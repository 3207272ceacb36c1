using System.Diagnostics;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>
/// A folder of the tests with a <c>package.json</c> and its lock file, whose packages are installed when one is first asked for.
/// </summary>
/// <param name="folder">The folder's full path.</param>
/// <param name="main">A file of the packages, below <c>node_modules</c>, that is there when they are installed.</param>
internal sealed class NodeFolder(string folder, params string[] main)
{
    private readonly Lazy<(string Node, string Modules)> installed = new(() => InstallAsync(folder, main).GetAwaiter().GetResult());

    /// <summary>Runs a script that stands in the folder.</summary>
    public ToolResult RunOwn(string script, string input) => Run(Path.Combine(folder, script), input);

    /// <summary>Runs a script of one of the packages.</summary>
    public ToolResult RunOfPackage(string script, params string[] arguments) =>
        Run(Path.Combine(installed.Value.Modules, script), "", arguments);

    /// <summary>Reads a file of one of the packages.</summary>
    public string ReadOfPackage(params string[] path) => File.ReadAllText(Path.Combine([installed.Value.Modules, .. path]));

    private ToolResult Run(string script, string input, params string[] arguments)
    {
        var (node, modules) = installed.Value;
        var environment = new Dictionary<string, string>
        {
            ["NODE_PATH"] = modules,
            // The linter asks for a newer version of itself and tells how it is used; a test asks nobody.
            ["REDOCLY_TELEMETRY"] = "off",
            ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true",
        };
        using var process = ChildProcess.Start(node, [script, .. arguments], folder, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, errors.Result);
    }

    private static async Task<(string Node, string Modules)> InstallAsync(string folder, string[] main)
    {
        var runtime = await NodeRuntime.FindAsync(CancellationToken.None);
        var package = new NpmPackage(
            await File.ReadAllTextAsync(Path.Combine(folder, "package.json")),
            await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json")),
            Path.Combine(["node_modules", .. main])
        );
        var file = await package.EnsureAsync(NpmPackage.Cache, runtime, text => Trace.WriteLine(text));
        return (runtime.Node, file[..^(Path.Combine(main).Length + 1)]);
    }
}
