namespace B24Otmechalka.Sandbox.Azurite;

/// <summary>
/// The pinned npm package, installed once for each user into a folder of its own. Several processes may want it at the same
/// time: one installs, beside the final place, and the others wait.
/// </summary>
internal static class AzuritePackage
{
    public const string Version = "3.35.0";

    private static readonly TimeSpan LockPoll = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Where it is, or will be.</summary>
    public static string Folder { get; } = Path.Combine(Home(), "b24-otmechalka", $"azurite-{Version}");

    /// <summary>The script of the table service; installs the package when it is not there yet.</summary>
    /// <param name="folder">The package's folder, usually <see cref="Folder"/>.</param>
    /// <param name="say">Told what is being done while it takes its time.</param>
    /// <exception cref="SandboxException">It could not be installed.</exception>
    public static async Task<string> EnsureAsync(string folder, NodeRuntime runtime, Action<string> say, CancellationToken cancellationToken)
    {
        var script = ScriptIn(folder);
        if (File.Exists(script))
            return script;

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            using var turn = await WaitForTurnAsync(folder + ".lock", say, cancellationToken);
            if (!File.Exists(script))
                await InstallAsync(folder, runtime, say, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"Azurite could not be put into {folder}: {error.Message}", error);
        }

        return script;
    }

    private static async Task InstallAsync(string folder, NodeRuntime runtime, Action<string> say, CancellationToken cancellationToken)
    {
        var npm = runtime.Npm ?? throw new SandboxException("npm is needed to install Azurite, and there is none in the PATH. It comes with Node.js; some systems have a package npm.");
        foreach (var leftover in Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".new-*"))
            Directory.Delete(leftover, recursive: true);

        var unfinished = $"{folder}.new-{Environment.ProcessId}";
        say($"Installing azurite@{Version} with npm into {folder} (only this once, about a minute)…");
        string[] arguments = ["install", "--prefix", unfinished, "--no-audit", "--no-fund", "--loglevel", "error", $"azurite@{Version}"];
        var (exitCode, output, errors) = await SayingAsync(ChildProcess.RunAsync(npm, arguments, cancellationToken), say, cancellationToken);
        if (exitCode != 0 || !File.Exists(ScriptIn(unfinished)))
            throw new SandboxException($"npm could not install azurite@{Version} (exit code {exitCode}): {OneLine(errors.Length > 0 ? errors : output)}");

        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        Directory.Move(unfinished, folder);
        say("Azurite is installed.");
    }

    private static async Task<T> SayingAsync<T>(Task<T> work, Action<string> say, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(work, Task.Delay(Heartbeat, TimeProvider.System, cancellationToken)) != work && !cancellationToken.IsCancellationRequested)
            say("… npm is still at it");

        return await work;
    }

    /// <summary>The operating system frees the lock of a process that died.</summary>
    private static async Task<FileStream> WaitForTurnAsync(string file, Action<string> say, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                if (isFirst)
                    say("Another process is installing Azurite: waiting for it…");

                await Task.Delay(LockPoll, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static string ScriptIn(string folder) => Path.Combine(folder, "node_modules", "azurite", "dist", "src", "table", "main.js");

    private static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(6));

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
        ? home
        : Path.GetTempPath();
}
