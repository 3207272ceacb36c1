using B24Otmechalka.Cli.Output;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

public sealed class LineWrapTests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.Frequency((1, Gen.Const(' ')), (4, Gen.Char['a', 'z'])), 0, 200];

    [Fact]
    public void Cuts_AnyText_LosesNoWordAndIsNoWiderThanItsRoom() =>
        Gen.Select(Texts, Gen.Int[5, 80], Gen.Int[5, 80], Gen.Int[0, 10])
            .Sample(
                (text, first, others, lead) =>
                {
                    var lines = LineWrap.Cuts(text, first, others, lead).Select(cut => text[cut]).ToList();

                    Assert.Equal(Words(text), lines.SelectMany(Words));
                    foreach (var (i, line) in lines.Index())
                    {
                        var room = i == 0 ? first : others;
                        Assert.True(
                            line.TrimEnd().Length <= room || Words(line[Math.Min(i == 0 ? lead : 0, line.Length)..]).Count <= 1,
                            line
                        );
                    }
                }
            );

    [Theory]
    [InlineData("one two", 7, "one two")]
    [InlineData("one two", 6, "one|two")]
    [InlineData("one  two", 4, "one|two")]
    [InlineData("  one two", 6, "  one|two")]
    [InlineData("https://example.bitrix24.ru/crm/contact/details/7/ x", 10, "https://example.bitrix24.ru/crm/contact/details/7/|x")]
    [InlineData("    https://example.bitrix24.ru/", 10, "    https://example.bitrix24.ru/")]
    [InlineData("", 10, "")]
    [InlineData("one two   ", 7, "one two   ")]
    public void Lines_AText_IsCutBetweenWords(string text, int width, string expected) =>
        Assert.Equal(expected.Split('|'), LineWrap.Lines(text, width));

    private static List<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
