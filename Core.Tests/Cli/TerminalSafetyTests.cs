using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>
/// Whatever a card, a list value's label or otmechalka's words hold, nothing of it acts on a terminal (docs/spec.md, section 7).
/// </summary>
public sealed class TerminalSafetyTests : IDisposable
{
    private const string Hostile = "\u001b]0;title\u0007\u001b[31m\u009b2J\u202Eevil\u2066\r\nERROR [red]x[/] \u200F\u0000\u007f";

    private readonly CliDriver cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("preview contact 39558")]
    [InlineData("preview deal 96294")]
    [InlineData("status")]
    [InlineData("status --all --names")]
    [InlineData("status --duplicates --names")]
    [InlineData("why 39558")]
    [InlineData("why deal 96294")]
    [InlineData("why Вася")]
    [InlineData("reconcile contacts")]
    [InlineData("reconcile deals")]
    [InlineData("retry contact 39558")]
    [InlineData("retry --all-failed")]
    [InlineData("doctor")]
    [InlineData("sync all --log debug")]
    public void Command_HostileTextEverywhere_PrintsNothingThatATerminalActsOn(string command)
    {
        Spoil();
        cli.World.SyncContacts();
        cli.World.SyncDeals();
        Spoil();

        cli.Run(command.Split(' '));
        AssertHarmless(cli.Output + cli.Error);

        cli.Run([.. command.Split(' '), "--json"]);
        AssertHarmless(cli.Output.TrimEnd() + cli.Error);
        Assert.NotNull(cli.Json);
    }

    [Fact]
    public void Preview_HostileName_IsShownOnItsOwnLineWithReplacements()
    {
        cli.World.Contacts.Edit(39558, [KeyValuePair.Create(SampleFields.StudentFirstName, (object?)("Вася" + Hostile))]);

        cli.Run("preview", "contact", "39558");

        Assert.Contains("Вася\uFFFD]0;title", cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Output.ReplaceLineEndings("\n").Split('\n'), line => line.StartsWith("ERROR", StringComparison.Ordinal));
        cli.Run("preview", "contact", "39558", "--json");
        Assert.Contains(cli.Json["values"]!.AsArray(), value => (string?)value!["value"] == VisibleText.Trim("Вася" + Hostile));
    }

    [Theory]
    [InlineData("preview contact \u001b[31m7")]
    [InlineData("sync \u001b[31m")]
    [InlineData("\u202Estatus")]
    [InlineData("status --set \u001b[31mSYNC_START_DATA=1")]
    [InlineData("status --set Bitrix24__\u001bUrl=1")]
    [InlineData("status --set Mapping__Deal__BranchOffices__1\u001b6=1")]
    [InlineData("status --set MAPPING_FILE=\u001b[31m.json")]
    public void Command_HostileArguments_AreToldHarmlessly(string command)
    {
        cli.Run(command.Split(' '));

        AssertHarmless(cli.Output + cli.Error);
    }

    private void Spoil()
    {
        cli.World.Contacts.Edit(
            39558,
            [
                KeyValuePair.Create(SampleFields.StudentFirstName, (object?)("Вася" + Hostile)),
                KeyValuePair.Create("LAST_NAME", (object?)Hostile),
                KeyValuePair.Create(SampleFields.Status, (object?)Hostile),
            ]
        );
        cli.World.Deals.Edit(
            96294,
            [KeyValuePair.Create("TITLE", (object?)Hostile), KeyValuePair.Create(SampleFields.Status, (object?)Hostile)]
        );
        cli.World.Portal.SetUser(new PortalUser(12, Hostile, Hostile));
        cli.World.Crms.Otmechalka.RefusalOf = (_, id) =>
            id is "39910" or "39558" ? new JsonObject { ["phone"] = Hostile, [Hostile] = "[red]" } : null;
    }

    private static void AssertHarmless(string text) =>
        Assert.All(
            text.ReplaceLineEndings("\n"),
            c =>
                Assert.True(
                    c == '\n'
                        || char.GetUnicodeCategory(c)
                            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator),
                    $"U+{(int)c:X4} in {text}"
                )
        );
}
