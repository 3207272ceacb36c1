using B24Otmechalka.Cli;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] Commands = ["sync", "doctor", "preview", "status", "retry", "rewind", "reconcile"];

    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("sync", "expected contacts, deals, all, not 'clients'", "clients")]
    [InlineData("sync", "--watch: expected an interval", "all", "--watch", "soon")]
    [InlineData("sync", "--watch: expected an interval", "all", "--watch", "0s")]
    [InlineData("sync", "--watch: expected an interval", "all", "--watch", "2d")]
    [InlineData("sync", "--set: expected NAME=VALUE", "all", "--set", "password")]
    [InlineData("sync", "--log: expected debug", "all", "--log", "loud")]
    [InlineData("sync", "Unrecognized command or argument 'now'", "all", "now")]
    [InlineData("preview", "expected contact, deal, not 'client'", "client", "5")]
    [InlineData("preview", "expected an ID, a whole number, not '5a'", "contact", "5a")]
    [InlineData("preview", "expected an ID, a whole number, not '0'", "contact", "0")]
    [InlineData("preview", "missing", "contact")]
    [InlineData("retry", "expected contact or deal with IDs, or --all-failed")]
    [InlineData("retry", "expected the IDs of records, or --all-failed", "deal")]
    [InlineData("retry", "expected an ID, a whole number, not 'all'", "deal", "5", "all")]
    [InlineData("retry", "either IDs or --all-failed, not both", "deal", "5", "--all-failed")]
    [InlineData("retry", "expected contact, deal, not '5'", "5")]
    [InlineData("rewind", "--to: expected a date or time", "deals", "--to", "yesterday")]
    [InlineData("rewind", "'--to' is required", "deals")]
    [InlineData("reconcile", "expected contacts, deals, not 'all'", "all")]
    public void RunAsync_WrongUsage_SaysItInOneLineWithTheUsageAndEndsWith2(string command, string problem, params string[] rest)
    {
        var code = cli.Run([command, .. rest, "--json"]);

        Assert.Equal(2, code);
        var lines = cli.Error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(problem, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Usage: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("command line", (string?)cli.Json["problems"]![0]!["setting"]);
        Assert.DoesNotContain("password", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("status --json")]
    [InlineData("sync contacts")]
    [InlineData("sync contacts --json")]
    [InlineData("preview contact 39558 --json")]
    [InlineData("retry contact 39558 --json")]
    [InlineData("rewind contacts --to 2020-12-21 --json")]
    [InlineData("reconcile deals --json")]
    public void Command_AMistypedName_WarnsOnStandardErrorWithTheNearest(string command)
    {
        cli.World.SyncContacts();
        cli.Environment["Sync__TimeBugdet"] = "00:08:00";

        Assert.Equal(0, cli.Run(command.Split(' ')));

        Assert.Contains("warning: Sync__TimeBugdet: ", cli.Error, StringComparison.Ordinal);
        Assert.Contains("Sync__TimeBudget", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("TimeBugdet", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RunAsync_NoCommand_ShowsHelpOnStandardErrorAndEndsWith2()
    {
        var code = cli.Run();

        Assert.Equal((2, ""), (code, cli.Output));
        foreach (var command in Commands)
        {
            Assert.Contains("  " + command, cli.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RunAsync_Help_IsAResult()
    {
        var code = cli.Run("sync", "--help");

        Assert.Equal((0, ""), (code, cli.Error));
        Assert.Contains("--watch", cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RunAsync_ArgumentWithAtSign_IsNoResponseFile()
    {
        var code = cli.Run("sync", "@all");

        Assert.Equal(2, code);
        Assert.Contains("not '@all'", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void RunAsync_SettingsAfterAndBeforeTheCommand_AreBothTaken()
    {
        var code = cli.Run("--set", "SYNC_START_DATE=x", "status", "--set", "Otmechalka__ApiKey=");

        Assert.Equal(2, code);
        Assert.Contains("SYNC_START_DATE", cli.Error, StringComparison.Ordinal);
        Assert.Contains("Otmechalka__ApiKey", cli.Error, StringComparison.Ordinal);
    }
}
