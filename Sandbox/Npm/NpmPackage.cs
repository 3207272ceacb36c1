using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Sandbox.Npm;

/// <summary>
/// A pinned npm package, or several that are used together, installed once for each user into a folder of its own, which is named after its
/// version and its lock file. npm checks the hash that the lock file has of every package, and runs no script of any of
/// them. Several processes may want it at the same time: one installs, beside the final place, and the others wait.
/// </summary>
internal sealed class NpmPackage
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly string manifest;
    private readonly string lockFile;
    private readonly string main;

    /// <param name="manifest">The text of <c>package.json</c>; it is called by the first of its dependencies.</param>
    /// <param name="lockFile">The text of <c>package-lock.json</c>, without the addresses of a registry.</param>
    /// <param name="main">The file that is there when the package is installed, relative to its folder.</param>
    public NpmPackage(string manifest, string lockFile, string main)
    {
        (this.manifest, this.lockFile, this.main) = (manifest, lockFile, main);
        var (name, version) = JsonNode.Parse(manifest)!["dependencies"]!.AsObject().First();
        Name = $"{name}@{version}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest + lockFile)));
        FolderName = $"{name.Split('/')[^1]}-{version}-{hash[..8]}";
    }

    /// <summary>Name and version, as npm writes them.</summary>
    public string Name { get; }

    /// <summary>Where this user's packages are.</summary>
    public static string Cache { get; } = Path.Combine(Home(), "b24-otmechalka");

    private string FolderName { get; }

    /// <summary>Installs the package where it is not there yet.</summary>
    /// <param name="cache">The folder of all packages, usually <see cref="Cache"/>.</param>
    /// <param name="runtime">The Node.js of this machine.</param>
    /// <param name="say">Told what is being done while it takes its time.</param>
    /// <param name="finish">What is still to be done in the new folder before it is taken for installed.</param>
    /// <param name="cancellationToken">Ends npm and the wait for it.</param>
    /// <returns>The full path of the main file.</returns>
    /// <exception cref="SandboxException">It could not be installed.</exception>
    public async Task<string> EnsureAsync(
        string cache,
        NodeRuntime runtime,
        Action<string> say,
        Func<string, Task>? finish = null,
        CancellationToken cancellationToken = default
    )
    {
        var folder = Path.Combine(cache, FolderName);
        var main = Path.Combine(folder, this.main);
        if (File.Exists(main))
        {
            return main;
        }

        try
        {
            Directory.CreateDirectory(cache);
            using var turn = await WaitForTurnAsync(folder + ".lock", say, cancellationToken);
            if (!File.Exists(main))
            {
                await InstallAsync(folder, runtime, say, finish, cancellationToken);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"{Name} could not be put into {folder}: {error.Message}", error);
        }

        return main;
    }

    private async Task InstallAsync(
        string folder,
        NodeRuntime runtime,
        Action<string> say,
        Func<string, Task>? finish,
        CancellationToken cancellationToken
    )
    {
        var npm =
            runtime.Npm
            ?? throw new SandboxException(
                $"npm is needed to install {Name}, and there is none in the PATH. It comes with Node.js; some systems have a package npm."
            );
        foreach (var leftover in Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".new-*"))
        {
            Directory.Delete(leftover, recursive: true);
        }

        var unfinished = $"{folder}.new-{Environment.ProcessId}";
        Directory.CreateDirectory(unfinished);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "package.json"), manifest, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(unfinished, "package-lock.json"), lockFile, cancellationToken);
        say($"Installing {Name} with npm into {folder} (only this once, up to a minute)…");
        string[] arguments = ["ci", "--prefix", unfinished, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
        var (exitCode, output, errors) = await SayingAsync(
            ChildProcess.RunAsync(npm, arguments, cancellationToken),
            say,
            cancellationToken
        );
        if (exitCode != 0)
        {
            throw Failed($"exit code {exitCode}", errors.Length > 0 ? errors : output);
        }

        if (finish is not null)
        {
            await finish(unfinished);
        }

        if (!File.Exists(Path.Combine(unfinished, main)))
        {
            throw Failed("it is incomplete", output);
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(unfinished, folder);
        say($"{Name} is installed.");
    }

    private SandboxException Failed(string how, string said) => new($"npm could not install {Name} ({how}): {OneLine(said)}");

    private static async Task<T> SayingAsync<T>(Task<T> work, Action<string> say, CancellationToken cancellationToken)
    {
        while (
            await Task.WhenAny(work, Task.Delay(Heartbeat, TimeProvider.System, cancellationToken)) != work
            && !cancellationToken.IsCancellationRequested
        )
        {
            say("… npm is still at it");
        }

        return await work;
    }

    /// <summary>The operating system frees the lock of a process that died.</summary>
    private async Task<FileStream> WaitForTurnAsync(string file, Action<string> say, CancellationToken cancellationToken)
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
                {
                    say($"Another process is installing {Name}: waiting for it…");
                }

                await Task.Delay(LockPoll, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(6));

    private static string Home() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            is { Length: > 0 } home
            ? home
            : Path.GetTempPath();
}
