using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using B24Otmechalka.Cli;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Characters;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class OutputTests
{
    private static readonly DateTimeOffset Now = new(2020, 12, 25, 12, 0, 0, TimeSpan.FromHours(3));

    [Theory]
    [InlineData(5, "5 s ago")]
    [InlineData(125, "2 min ago")]
    [InlineData(7500, "2 h 5 min ago")]
    [InlineData(180_000, "2 d 2 h ago")]
    [InlineData(-900, "in 15 min")]
    public void Ago_ASpan_IsToldInTwoUnitsAtMost(int seconds, string expected) =>
        Assert.Equal(expected, Moment.Ago(Now.AddSeconds(-seconds), Now));

    [Fact]
    public void Text_AMoment_KeepsItsOffset() => Assert.Equal("2020-12-25T12:00:00+03:00", Moment.Text(Now));

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("1m", 60)]
    [InlineData("1.5m", 90)]
    [InlineData("2H", 7200)]
    [InlineData("00:05:00", 300)]
    [InlineData("24h", 86_400)]
    public void Interval_AsPeopleTypeIt_IsRead(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-1m")]
    [InlineData("0s")]
    [InlineData("25h")]
    [InlineData("1e9s")]
    public void Interval_AnythingElse_IsRefused(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Table_NoTerminal_IsAlignedPlainText()
    {
        using var output = new StringWriter();

        Screen(output, isTerminal: false)
            .Table(
                ["ID", "what"],
                [
                    ["7", new Cell("[red]refused", Tone.Bad)],
                    ["39558", ""],
                ]
            );

        Assert.Equal("  ID     what\n  7      [red]refused\n  39558\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Table_Terminal_IsFramedAndTextIsNoMarkup()
    {
        using var output = new StringWriter();

        Screen(output, isTerminal: true)
            .Table(
                ["ID"],
                [
                    [new Cell("[red]7", Tone.Bad)],
                ]
            );

        Assert.Contains("[red]7", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("╭", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What a card may hold, and what of it is shown.</summary>
    public static TheoryData<string, string> HostileTexts =>
        new()
        {
            { "\u001b[31mред\u001b[0m", "\uFFFD[31mред\uFFFD[0m" },
            { "a\r\nERROR: b", "a  ERROR: b" },
            { "a\u0007\b\u007f", "a\uFFFD\uFFFD\uFFFD" },
            { "\u009b2J\u0090q\u009c", "\uFFFD2J\uFFFDq\uFFFD" },
            { "user\u202Efdp.exe\u2066", "user\uFFFDfdp.exe\uFFFD" },
            { "half \ud83d of", "half \uFFFD of" },
            { "😀 Иванов-Петров [red]x[/]", "😀 Иванов-Петров [red]x[/]" },
            { "a\u2028b\u2029c\u0085d\te", "a b c d e" },
            { "\U000E0041", "\uFFFD" },
        };

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Screen_TextOfACard_IsOneHarmlessLine(string text, string shown)
    {
        using var plain = new StringWriter();
        var screen = Screen(plain, isTerminal: false);
        screen.Line(text);
        screen.Heading(text);
        screen.Pairs(("name", text));
        screen.Table(
            ["column"],
            [
                [text],
            ]
        );

        Assert.Equal(4, plain.ToString().Split(shown).Length - 1);
        Assert.All(plain.ToString().ReplaceLineEndings("\n"), c => Assert.True(c == '\n' || !IsUnprintable(c), $"U+{(int)c:X4}"));

        using var framed = new StringWriter();
        Screen(framed, isTerminal: true)
            .Table(
                ["column"],
                [
                    [new Cell(text, Tone.Bad)],
                ]
            );
        var withoutOurs = System.Text.RegularExpressions.Regex.Replace(framed.ToString(), "\u001b\\[[0-9;]*m", "").ReplaceLineEndings("\n");
        Assert.All(withoutOurs, c => Assert.True(c == '\n' || !IsUnprintable(c), $"U+{(int)c:X4}"));
    }

    [Fact]
    public void OneLine_AnyText_HasNothingThatATerminalActsOn() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char['\0', '\u00a0'], Gen.Char['\u2000', '\u206f']), 0, 40]
            .Sample(text =>
            {
                var line = PrintableText.OneLine(text);

                Assert.All(line.EnumerateRunes(), rune => Assert.False(IsUnprintable(Rune.GetUnicodeCategory(rune))));
                Assert.Equal(line, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line)));
                Assert.Equal(line, PrintableText.OneLine(line));
            });

    [Fact]
    public void EscapeJson_AnyText_MeansTheSameAndHoldsNothingUnprintable() =>
        Gen.String[Gen.OneOf(Gen.Char['\0', '\ud7ff'], Gen.Char['\u2000', '\u206f']), 0, 40]
            .Sample(text =>
            {
                var json = PrintableText.EscapeJson(
                    new JsonObject { ["text"] = text }.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
                );

                Assert.Equal(text, (string?)JsonNode.Parse(json)!["text"]);
                Assert.All(json, c => Assert.False(IsUnprintable(c), $"U+{(int)c:X4}"));
            });

    private static bool IsUnprintable(char c) => IsUnprintable(char.GetUnicodeCategory(c));

    private static bool IsUnprintable(UnicodeCategory category) =>
        category
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static Screen Screen(TextWriter output, bool isTerminal) =>
        new(
            new CliContext
            {
                Output = output,
                Error = TextWriter.Null,
                IsOutputTerminal = isTerminal,
                WorkingDirectory = ".",
                ApplicationDirectory = ".",
                Environment = new Dictionary<string, string?>(),
            }
        );

    private static TimeSpan? Parse(string text)
    {
        var option = new Option<TimeSpan?>("--watch") { CustomParser = Interval.Parse };
        var parsed = new RootCommand { option }.Parse(["--watch", text]);
        return parsed.Errors.Count > 0 ? null : parsed.GetValue(option);
    }
}
