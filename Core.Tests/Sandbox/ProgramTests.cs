using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using B24Otmechalka.Sandbox;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox;

/// <summary>The sandbox as a person starts it: a process of its own.</summary>
public sealed partial class ProgramTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Once_SampleData_ComesOutAsExpected()
    {
        using var sandbox = Start("--once");

        var (exitCode, output, errors) = await EndAsync(sandbox);

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("contact 39558  Петров Василий: client created", output, StringComparison.Ordinal);
        Assert.Contains("status      Не заполнено: способ оплаты", output, StringComparison.Ordinal);
        Assert.Contains("deal 96313  Патов Игнат: waits for its client", output, StringComparison.Ordinal);
        Assert.Contains(
            "CONTACT_SYNC_JOB: completed: read 23, created 11, updated 0, unchanged 0, out of scope 3, failed 9",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "DEAL_SYNC_JOB: completed: read 15, created 5, updated 0, unchanged 0, out of scope 1, failed 9",
            output,
            StringComparison.Ordinal
        );
        Assert.EndsWith("Everything came out as the sample data expects.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoNode_SaysSoInOneLine()
    {
        using var sandbox = Start("--once", path: "");

        var (exitCode, output, errors) = await EndAsync(sandbox);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            "Node.js 18 or newer is needed to run Azurite, and there is no node in the PATH. Install it from "
                + "https://nodejs.org or your package manager and start again.",
            Assert.Single(errors.TrimEnd().Split('\n')).TrimEnd()
        );
    }

    [Theory]
    [InlineData("--page-port 70000", "--page-port: a port is a number from 0 to 65535.")]
    [InlineData("--interval often", "--interval: often is no interval from 1 second to 1 day, such as 90s, 5m or 00:05:00.")]
    [InlineData("--twice", "Unrecognized command or argument '--twice'.")]
    public async Task Start_WrongOption_SaysWhatIsWrong(string arguments, string expected)
    {
        using var sandbox = Start(arguments);

        var (exitCode, _, errors) = await EndAsync(sandbox);

        Assert.Equal((1, expected), (exitCode, errors.TrimEnd().Split('\n')[0].TrimEnd()));
    }

    [Fact]
    public async Task Start_KilledWhileItRuns_TakesAzuriteAlong()
    {
        using var sandbox = Start("--page-port 0 --bitrix24-port 0 --otmechalka-port 0 --table-port 0");
        var port = await ReadTablePortAsync(sandbox);
        Assert.True(await IsServedAsync(port));

        sandbox.Kill();

        var started = Stopwatch.GetTimestamp();
        while (await IsServedAsync(port))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "Azurite outlived the sandbox.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static Process Start(string arguments, string? path = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!)
        {
            Arguments = $"exec \"{typeof(RunningSandbox).Assembly.Location}\" {arguments}",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(); // does nothing when it has ended
        }
    }

    private static async Task<int> ReadTablePortAsync(Process sandbox)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (await sandbox.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (TableAddress().Match(line) is { Success: true } match)
            {
                return int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("The sandbox did not start: " + await sandbox.StandardError.ReadToEndAsync(limit.Token));
    }

    private static async Task<bool> IsServedAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^Azurite\s+http://127\.0\.0\.1:(\d+)/")]
    private static partial Regex TableAddress();
}
