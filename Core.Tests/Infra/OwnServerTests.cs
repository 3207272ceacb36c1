using System.Diagnostics;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Configuration;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The files of <c>deploy/</c>, for a machine of one's own.</summary>
public sealed class OwnServerTests
{
    public static TheoryData<string> Units =>
        [.. Directory.EnumerateFiles(Repository.At("deploy", "systemd"), "*.service").Select(file => Path.GetFileName(file))];

    [SystemdTheory]
    [MemberData(nameof(Units))]
    public void Unit_EachOfThem_IsTakenBySystemd(string unit)
    {
        var folder = Directory.CreateTempSubdirectory("systemd-").FullName;
        try
        {
            // The programs are not on this machine; everything else is checked as it stands.
            var text = Regex.Replace(Repository.Read("deploy", "systemd", unit), "(?m)^(ExecStart=)\\S+", "$1/bin/true");
            File.WriteAllText(Path.Combine(folder, unit), text);

            var result = Verify(Path.Combine(folder, unit));

            Assert.Equal("", result.Output + result.Errors);
            Assert.Equal(0, result.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Unit_OfTheJobs_StopsInOrderAndStartsAgain()
    {
        var unit = Repository.Read("deploy", "systemd", "b24sync.service");

        Assert.Contains("sync all --watch 5m\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nKillSignal=SIGINT\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nSuccessExitStatus=130\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nRestart=always\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nDynamicUser=yes\n", unit, StringComparison.Ordinal);
    }

    [Fact]
    public void Azurite_OfTheUnit_IsHeardOnThisMachineOnly() =>
        Assert.Contains("--tableHost 127.0.0.1 ", Repository.Read("deploy", "systemd", "azurite.service"), StringComparison.Ordinal);

    [Fact]
    public void Settings_OfTheExample_AreAcceptedByCore()
    {
        var lines = Repository
            .Read("deploy", "systemd", "settings.env.example")
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0].Replace("__", ":", StringComparison.Ordinal), (string?)pair[1]));
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Repository.At("infra", "examples", "chess.json"))
            .AddInMemoryCollection(lines)
            .Build();

        Assert.Equal("https://example.bitrix24.ru/rest/1/token/", SettingsReader.Read(configuration).Bitrix24.WebhookUrl);
    }

    private static ToolResult Verify(string unit)
    {
        var start = new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", unit])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, errors.Result);
    }
}

/// <summary>A theory that needs <c>systemd-analyze</c>, of the Debian package systemd.</summary>
internal sealed class SystemdTheoryAttribute : TheoryAttribute
{
    public SystemdTheoryAttribute() =>
        Skip = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "systemd-analyze")))
            ? null
            : "There is no systemd-analyze on this machine.";
}
