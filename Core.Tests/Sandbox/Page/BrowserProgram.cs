using System.Runtime.InteropServices;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Npm;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>The browser that the page is tested in, and what it needs around it.</summary>
/// <param name="File">The program's file.</param>
/// <param name="Environment">Variables that it has to be started with, beside those of this process.</param>
internal sealed record BrowserProgram(string File, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
        "microsoft-edge-stable",
        "chrome.exe",
        "msedge.exe",
    ];

    /// <summary>Where installers put it that do not add it to the search path; below a folder for programs.</summary>
    private static readonly string[] Places =
    [
        Path.Combine("Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine("Microsoft", "Edge", "Application", "msedge.exe"),
        Path.Combine("Google Chrome.app", "Contents", "MacOS", "Google Chrome"),
        Path.Combine("Microsoft Edge.app", "Contents", "MacOS", "Microsoft Edge"),
        Path.Combine("Chromium.app", "Contents", "MacOS", "Chromium"),
    ];

    /// <summary>An installed Chromium, Chrome or Edge; else one that is fetched from npm, once for each user.</summary>
    /// <exception cref="SandboxException">There is none, and none can be fetched.</exception>
    public static async Task<BrowserProgram> FindAsync(Action<string> say) =>
        FindInstalled(Folders(), ProgramFolders()) is { } file
            ? new BrowserProgram(file, new Dictionary<string, string>())
            : await FetchAsync(say);

    /// <param name="path">The folders of the search path.</param>
    /// <param name="programs">The folders that programs are installed into.</param>
    public static string? FindInstalled(IEnumerable<string> path, IEnumerable<string> programs) =>
        path.SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .Concat(programs.SelectMany(folder => Places.Select(place => Path.Combine(folder, place))))
            .FirstOrDefault(System.IO.File.Exists);

    private static async Task<BrowserProgram> FetchAsync(Action<string> say)
    {
        const string needed = "The page can only be tested in a browser, and no Chromium, Chrome or Edge is installed here";
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new SandboxException($"{needed}. Install one; on Linux x64 the tests would fetch their own.");
        }

        try
        {
            var runtime = await NodeRuntime.FindAsync(CancellationToken.None);
            var package = new NpmPackage(
                Read("chromium-package.json"),
                Read("chromium-package-lock.json"),
                Path.Combine("browser", "chromium")
            );
            var file = await package.EnsureAsync(NpmPackage.Cache, runtime, say, folder => UnpackAsync(runtime, folder));
            var browser = Path.GetDirectoryName(file)!;
            return new BrowserProgram(
                file,
                new Dictionary<string, string>
                {
                    ["LD_LIBRARY_PATH"] = Path.Combine(browser, "al2023", "lib"),
                    ["FONTCONFIG_PATH"] = Path.Combine(browser, "fonts"),
                }
            );
        }
        catch (SandboxException error)
        {
            throw new SandboxException($"{needed}; none could be fetched either: {error.Message}", error);
        }
    }

    /// <summary>Beside the packages, which are of no use afterwards.</summary>
    private static async Task UnpackAsync(NodeRuntime runtime, string folder)
    {
        var browser = Directory.CreateDirectory(Path.Combine(folder, "browser")).FullName;
        var script = Path.Combine(folder, "unpack.mjs");
        await System.IO.File.WriteAllTextAsync(script, Read("chromium-unpack.mjs"));
        var (code, _, errors) = await ChildProcess.RunAsync(
            runtime.Node,
            [script],
            CancellationToken.None,
            folder,
            new Dictionary<string, string> { ["TMPDIR"] = browser }
        );
        if (code != 0)
        {
            throw new SandboxException($"the browser could not be unpacked: {errors.ReplaceLineEndings(" ").Trim()}");
        }

        await System.IO.File.WriteAllTextAsync(Path.Combine(browser, "fonts", "fonts.conf"), Read("chromium-fonts.conf"));
        Directory.Delete(Path.Combine(folder, "node_modules"), recursive: true);
    }

    private static string[] Folders() =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string[] ProgramFolders() =>
        [
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.ProgramFiles),
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.ProgramFilesX86),
            System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData),
            "/Applications",
        ];

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(BrowserProgram).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
