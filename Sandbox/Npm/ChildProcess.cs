using System.ComponentModel;
using System.Diagnostics;

namespace B24Otmechalka.Sandbox.Npm;

/// <summary>Starts programs of the search path, with all three streams redirected.</summary>
internal static class ChildProcess
{
    /// <summary>The program's file; <see langword="null"/> when no folder of <c>PATH</c> has it.</summary>
    public static string? Find(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <param name="file">The program's file.</param>
    /// <param name="arguments">What it is given, each quoted where that is needed.</param>
    /// <param name="folder">The folder it starts in; <see langword="null"/>: this process's.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <exception cref="SandboxException">It cannot be started.</exception>
    public static Process Start(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var isScript = file.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isScript ? "cmd.exe" : file, isScript ? ["/c", file, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start) ?? throw new SandboxException($"{file} could not be started.");
        }
        catch (Win32Exception error)
        {
            throw new SandboxException($"{file} could not be started: {error.Message}", error);
        }
    }

    /// <summary>Runs a program to its end; it is killed, with what it started, when that is cancelled.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string file,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        using var process = Start(file, arguments, folder, environment);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
