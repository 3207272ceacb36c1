using B24Otmechalka.Core.Tests.Infra;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Npm;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Npm;

/// <summary>With a stand-in for npm, so that nothing is downloaded.</summary>
public sealed class NpmPackageTests : IDisposable
{
    private const string Install = "mkdir -p \"$3/node_modules/thing\"; touch \"$3/node_modules/thing/main.js\"";

    private static readonly string Main = Path.Combine("node_modules", "thing", "main.js");

    private readonly string root = Directory.CreateTempSubdirectory("npm-package-").FullName;
    private readonly NpmPackage package = Package("{}");

    public static TheoryData<string> LockFiles => ["Sandbox/Azurite", "Core.Tests/Sandbox/Page/Chromium"];

    private string Cache => Path.Combine(root, "cache");

    [Fact]
    public async Task EnsureAsync_ManyAtOnce_InstallOnce()
    {
        var npm = Npm($"echo once >> \"$ROOT/runs\"; sleep 0.3; {Install}");
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();

        var files = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => package.EnsureAsync(Cache, npm, said.Enqueue)));

        Assert.All(files, file => Assert.True(File.Exists(file)));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(root, "runs")));
        Assert.Contains(said, text => text.StartsWith("Installing @us/thing@1.2.3", StringComparison.Ordinal));
        Assert.StartsWith("thing-1.2.3-", Path.GetFileName(Assert.Single(Directory.GetDirectories(Cache))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_Always_InstallsWhatTheLockFileSaysAndRunsNoScript()
    {
        var npm = Npm($"echo \"$@\" > \"$ROOT/arguments\"; cat \"$3/package-lock.json\" > \"$ROOT/lock\"; {Install}");

        await package.EnsureAsync(Cache, npm, _ => { });

        var arguments = (await File.ReadAllTextAsync(Path.Combine(root, "arguments"))).Split(' ');
        Assert.Equal("ci", arguments[0]);
        Assert.Contains("--ignore-scripts", arguments);
        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(root, "lock")));
    }

    [Fact]
    public async Task EnsureAsync_AnotherLockFile_IsInstalledBesideTheOld()
    {
        var npm = Npm(Install);

        var first = await package.EnsureAsync(Cache, npm, _ => { });
        var second = await Package("{ }").EnsureAsync(Cache, npm, _ => { });

        Assert.NotEqual(first, second);
        Assert.True(File.Exists(first));
    }

    [Fact]
    public async Task EnsureAsync_WhatIsToBeDoneFails_IsNotInstalled()
    {
        var npm = Npm(Install);

        await Assert.ThrowsAsync<SandboxException>(() =>
            package.EnsureAsync(Cache, npm, _ => { }, _ => throw new SandboxException("no room"))
        );
        var finished = "";
        await package.EnsureAsync(
            Cache,
            npm,
            _ => { },
            folder =>
            {
                finished = folder;
                return Task.CompletedTask;
            }
        );

        Assert.NotEmpty(finished);
        Assert.False(Directory.Exists(finished));
    }

    [Fact]
    public async Task EnsureAsync_LeftoverOfADeadInstaller_IsCleanedUp()
    {
        var npm = Npm(Install);
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(await package.EnsureAsync(Cache, npm, _ => { }))))!;
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder + ".new-1/node_modules");

        await package.EnsureAsync(Cache, npm, _ => { });

        Assert.False(Directory.Exists(folder + ".new-1"));
    }

    [Fact]
    public async Task EnsureAsync_NpmFails_SaysWhyInOneLine()
    {
        var npm = Npm("echo 'npm error code ENOTFOUND' >&2; echo 'npm error network' >&2; exit 1");

        var error = await Assert.ThrowsAsync<SandboxException>(() => package.EnsureAsync(Cache, npm, _ => { }));

        Assert.Equal("npm could not install @us/thing@1.2.3 (exit code 1): npm error code ENOTFOUND npm error network", error.Message);
    }

    [Fact]
    public async Task EnsureAsync_NoNpm_SaysSo()
    {
        var error = await Assert.ThrowsAsync<SandboxException>(() => package.EnsureAsync(Cache, new NodeRuntime("node", null), _ => { }));

        Assert.StartsWith("npm is needed", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Of every package the hash, and of no registry the address: whoever has another registry gets the same files or none.
    /// </summary>
    [Theory]
    [MemberData(nameof(LockFiles))]
    public void LockFile_EveryPackage_HasAHashAndNoAddress(string folder)
    {
        var packages = System.Text.Json.Nodes.JsonNode.Parse(Repository.Read(folder, "package-lock.json"))!["packages"]!
            .AsObject()
            .Where(entry => entry.Key.Length > 0)
            .Select(entry => entry.Value!.AsObject());

        Assert.All(packages, entry => Assert.StartsWith("sha512-", (string?)entry["integrity"], StringComparison.Ordinal));
        Assert.All(packages, entry => Assert.False(entry.ContainsKey("resolved")));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static NpmPackage Package(string lockFile) => new("""{ "dependencies": { "@us/thing": "1.2.3" } }""", lockFile, Main);

    private NodeRuntime Npm(string commands)
    {
        var file = Path.Combine(root, "npm");
        File.WriteAllText(file, $"#!/bin/sh\nROOT='{root}'\n{commands}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new NodeRuntime("node", file);
    }
}
