using System.Diagnostics;
using System.Security.Cryptography;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>
/// The npm packages of <c>Tools/package-lock.json</c>, installed without their scripts into a folder that is named after the
/// lock file: npm checks the hash of each package, and a change of the file makes a new folder.
/// </summary>
internal static class NodeTools
{
    private static readonly string Source = Repository.At("Core.Tests", "Infra", "Tools");
    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>Runs a script that stands in the tools' folder or below its <c>node_modules</c>.</summary>
    public static ToolResult Run(string script, string input, params string[] arguments) =>
        Start("node", Folder.Value, input, [Path.Combine(Folder.Value, script), .. arguments]);

    private static string Install()
    {
        string[] files = ["package.json", "package-lock.json", "queries.cjs"];
        var contents = files.SelectMany(file => File.ReadAllBytes(Path.Combine(Source, file))).ToArray();
        var folder = Path.Combine(Home(), "b24-otmechalka", $"test-tools-{Convert.ToHexStringLower(SHA256.HashData(contents))[..12]}");
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        using var turn = WaitForTurn(folder + ".lock");
        if (Directory.Exists(folder))
        {
            return folder;
        }

        // Installed beside the final place, so that a broken installation never stands there.
        var unfinished = folder + ".new";
        Directory.CreateDirectory(unfinished);
        foreach (var file in files)
        {
            File.Copy(Path.Combine(Source, file), Path.Combine(unfinished, file), overwrite: true);
        }

        string[] command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
        var npm = OperatingSystem.IsWindows() ? Start("cmd", unfinished, "", ["/c", "npm", .. command]) : Start("npm", unfinished, "", command);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm could not install the tools of the tests: {npm.Output}{npm.Errors}");
        }

        Directory.Move(unfinished, folder);
        return folder;
    }

    // Two test processes may start together; the operating system frees the lock of one that died.
    private static FileStream WaitForTurn(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                Task.Delay(TimeSpan.FromSeconds(0.2), TimeProvider.System).GetAwaiter().GetResult();
            }
        }
    }

    private static ToolResult Start(string program, string folder, string input, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output.Result, errors.Result);
    }

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
        ? home
        : Path.GetTempPath();
}
