using B24Otmechalka.Core.Mapping;
using Xunit;

namespace B24Otmechalka.Core.Tests.Mapping;

public sealed class StatusLineTests
{
    [Theory]
    [InlineData("Успешно", "Успешно")]
    [InlineData("  два \r\n\t слова\u0007 ", "два слова")]
    [InlineData("", "")]
    public void Of_AShortText_IsOneLineOfIt(string text, string expected) => Assert.Equal(expected, StatusLine.Of(text));

    [Fact]
    public void Of_JustAsManyCharactersAsAllowed_StaysWhole()
    {
        var text = new string('а', 200) + " " + new string('б', 54);

        Assert.Equal(text, StatusLine.Of(text));
    }

    [Fact]
    public void Of_OneCharacterMore_IsCutAtTheLastWordThatFits() =>
        Assert.Equal(new string('а', 200) + "…", StatusLine.Of(new string('а', 200) + " " + new string('б', 55)));

    [Theory]
    [InlineData(253, 253)] // the last blank that leaves room for the ellipsis
    [InlineData(254, 254)]
    [InlineData(128, 128)] // in the second half
    [InlineData(127, 254)] // in the first one: cutting there would lose too much
    [InlineData(10, 254)]
    public void Of_ATooLongText_IsCutAtABlankOfItsSecondHalf(int blankAt, int length)
    {
        var cut = StatusLine.Of(new string('а', blankAt) + " " + new string('б', 300));

        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.Equal(length + 1, cut.Length);
    }

    [Theory]
    [InlineData(",")]
    [InlineData("; :.,")]
    public void Of_ACutBehindPunctuation_LeavesItOut(string punctuation) =>
        Assert.Equal(new string('а', 200) + "…", StatusLine.Of(new string('а', 200) + punctuation + " " + new string('б', 100)));

    [Theory]
    [InlineData(253)]
    [InlineData(252)]
    public void Of_ACutWithinAnEmoji_LeavesItWholeOrOut(int before)
    {
        var cut = StatusLine.Of(new string('а', before) + "😀😀" + new string('б', 100));

        Assert.Equal(new string('а', before) + (before == 252 ? "😀…" : "…"), cut);
    }

    [Fact]
    public void Hash_OfTwoTexts_TellsThemApart()
    {
        Assert.Equal(StatusLine.Hash("Успешно"), StatusLine.Hash("Успешно"));
        Assert.NotEqual(StatusLine.Hash("Успешно"), StatusLine.Hash("успешно"));
        Assert.Equal(16, StatusLine.Hash("").Length);
    }
}
