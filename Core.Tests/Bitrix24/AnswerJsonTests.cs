using System.Text;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

/// <summary>Whatever bytes come, they are read tolerantly and in bounded memory (docs/spec.md, section 6).</summary>
public sealed class AnswerJsonTests
{
    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("\uFEFF{\"a\":1}", "{\"a\":1}")]
    [InlineData("\uFEFF\uFEFF \r\n {\"a\":{\"b\":[]}} <!-- served -->", "{\"a\":{\"b\":[]}}")]
    [InlineData("[]", null)]
    [InlineData("\"x\"", null)]
    [InlineData("{\"a\":", null)]
    [InlineData("", null)]
    [InlineData("\uFEFF", null)]
    [InlineData("<html>", null)]
    public void Parse_Text_IsItsObject(string text, string? expected)
    {
        using var document = AnswerJson.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, document?.RootElement.GetRawText());
    }

    [Fact]
    public void Parse_BytesThatAreNoUtf8_BecomeReplacementCharacters()
    {
        using var document = AnswerJson.Parse((byte[])[.. "{\"a\":\"x"u8, 0xD0, 0xFF, 0xC0, .. "y\",\"b\":\"Ж\"}"u8]);

        Assert.Equal(
            ("x\uFFFD\uFFFD\uFFFDy", "Ж"),
            (document!.RootElement.GetProperty("a").GetString(), document.RootElement.GetProperty("b").GetString())
        );
    }

    [Theory]
    [InlineData("{\"result\":[", "1,")]
    [InlineData("{\"result\":[", "[],")]
    [InlineData("{\"result\":[", "{\"a\":0},")]
    [InlineData("{", "\"\":0,")]
    public void Parse_MoreValuesThanAnyAnswerHas_IsRefusedBeforeAnythingIsBuilt(string start, string repeated)
    {
        var body = Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(repeated, 8 * 1024 * 1024 / repeated.Length)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<UnavailableException>(() => AnswerJson.Parse(body));

        Assert.Equal((UnavailableException.TooLarge, false), (error.Code, error.IsTransient));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Parse_NestedDeeply_IsNoJson(string repeated) =>
        Assert.Null(AnswerJson.Parse(Encoding.UTF8.GetBytes("{\"result\":" + string.Concat(Enumerable.Repeat(repeated, 1_000_000)))));

    [Fact]
    public void Parse_RepairThatWouldGrowBeyondTheLimit_IsRefused()
    {
        var body = new byte[12 * 1024 * 1024];
        Array.Fill(body, (byte)0xFF);

        Assert.Equal(UnavailableException.TooLarge, Assert.Throws<UnavailableException>(() => AnswerJson.Parse(body)).Code);
    }
}
