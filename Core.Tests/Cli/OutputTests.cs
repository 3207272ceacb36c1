using System.CommandLine;
using B24Otmechalka.Cli;
using B24Otmechalka.Cli.Output;
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
    public void Ago_ASpan_IsToldInTwoUnitsAtMost(int seconds, string expected) => Assert.Equal(expected, Moment.Ago(Now.AddSeconds(-seconds), Now));

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

        Screen(output, isTerminal: false).Table(["ID", "what"], [["7", new Cell("[red]refused", Tone.Bad)], ["39558", ""]]);

        Assert.Equal("  ID     what\n  7      [red]refused\n  39558\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Table_Terminal_IsFramedAndTextIsNoMarkup()
    {
        using var output = new StringWriter();

        Screen(output, isTerminal: true).Table(["ID"], [[new Cell("[red]7", Tone.Bad)]]);

        Assert.Contains("[red]7", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("╭", output.ToString(), StringComparison.Ordinal);
    }

    private static Screen Screen(TextWriter output, bool isTerminal) => new(new Surroundings
    {
        Output = output,
        Error = TextWriter.Null,
        IsOutputTerminal = isTerminal,
        WorkingDirectory = ".",
        ApplicationDirectory = ".",
        Environment = new Dictionary<string, string?>(),
    });

    private static TimeSpan? Parse(string text)
    {
        var option = new Option<TimeSpan?>("--watch") { CustomParser = Interval.Parse };
        var parsed = new RootCommand { option }.Parse(["--watch", text]);
        return parsed.Errors.Count > 0 ? null : parsed.GetValue(option);
    }
}
