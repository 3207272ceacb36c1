using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Azurite;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Azurite;

/// <summary>With a stand-in for npm, so that nothing is downloaded.</summary>
public sealed class AzuritePackageTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("azurite-package-").FullName;

    private string Folder => Path.Combine(root, "cache", "azurite");

    [Fact]
    public async Task EnsureAsync_ManyAtOnce_InstallOnce()
    {
        var npm = Npm("echo once >> \"$ROOT/runs\"; sleep 0.3; mkdir -p \"$3/node_modules/azurite/dist/src/table\"; touch \"$3/node_modules/azurite/dist/src/table/main.js\"");
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();

        var scripts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AzuritePackage.EnsureAsync(Folder, npm, said.Enqueue, default)));

        Assert.All(scripts, script => Assert.True(File.Exists(script)));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(root, "runs")));
        Assert.Contains(said, text => text.StartsWith("Installing azurite@3.35.0", StringComparison.Ordinal));
        Assert.Equal(["azurite"], Directory.GetDirectories(Path.GetDirectoryName(Folder)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task EnsureAsync_LeftoverOfADeadInstaller_IsCleanedUp()
    {
        Directory.CreateDirectory(Folder + ".new-1/node_modules");
        var npm = Npm("mkdir -p \"$3/node_modules/azurite/dist/src/table\"; touch \"$3/node_modules/azurite/dist/src/table/main.js\"");

        await AzuritePackage.EnsureAsync(Folder, npm, _ => { }, default);

        Assert.False(Directory.Exists(Folder + ".new-1"));
    }

    [Fact]
    public async Task EnsureAsync_NpmFails_SaysWhyInOneLine()
    {
        var npm = Npm("echo 'npm error code ENOTFOUND' >&2; echo 'npm error network' >&2; exit 1");

        var error = await Assert.ThrowsAsync<SandboxException>(() => AzuritePackage.EnsureAsync(Folder, npm, _ => { }, default));

        Assert.Equal("npm could not install azurite@3.35.0 (exit code 1): npm error code ENOTFOUND npm error network", error.Message);
    }

    [Fact]
    public async Task EnsureAsync_NoNpm_SaysSo()
    {
        var error = await Assert.ThrowsAsync<SandboxException>(() => AzuritePackage.EnsureAsync(Folder, new NodeRuntime("node", null), _ => { }, default));

        Assert.StartsWith("npm is needed", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private NodeRuntime Npm(string commands)
    {
        var file = Path.Combine(root, "npm");
        File.WriteAllText(file, $"#!/bin/sh\nROOT='{root}'\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        return new NodeRuntime("node", file);
    }
}
