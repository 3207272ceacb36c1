using System.Diagnostics;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The npm packages of <c>Tools/package-lock.json</c> and the scripts beside it.</summary>
internal static class NodeTools
{
    private static readonly string Scripts = Repository.At("Core.Tests", "Infra", "Tools");
    private static readonly Lazy<(string Node, string Modules)> Installed = new(() => InstallAsync().GetAwaiter().GetResult());

    /// <summary>Runs a script that stands in the tools' folder.</summary>
    public static ToolResult RunOwn(string script, string input) => Run(Path.Combine(Scripts, script), input);

    /// <summary>Runs a script of one of the packages.</summary>
    public static ToolResult RunOfPackage(string script, params string[] arguments) =>
        Run(Path.Combine(Installed.Value.Modules, script), "", arguments);

    private static ToolResult Run(string script, string input, params string[] arguments)
    {
        var (node, modules) = Installed.Value;
        using var process = ChildProcess.Start(
            node,
            [script, .. arguments],
            Scripts,
            new Dictionary<string, string> { ["NODE_PATH"] = modules }
        );
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, errors.Result);
    }

    private static async Task<(string Node, string Modules)> InstallAsync()
    {
        var runtime = await NodeRuntime.FindAsync(CancellationToken.None);
        var package = new NpmPackage(
            await File.ReadAllTextAsync(Path.Combine(Scripts, "package.json")),
            await File.ReadAllTextAsync(Path.Combine(Scripts, "package-lock.json")),
            Path.Combine("node_modules", "@kusto", "language-service-next", "bridge.min.js")
        );
        var main = await package.EnsureAsync(NpmPackage.Cache, runtime, text => Trace.WriteLine(text));
        return (runtime.Node, Path.GetFullPath(Path.Combine(main, "..", "..", "..")));
    }
}
