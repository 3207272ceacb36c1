using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

public sealed class JsonReadingTests
{
    [Theory]
    [InlineData("""{"\ud800":1,"ID":"17"}""", "17")]
    [InlineData("""{"ID":"17","\udc00x":1}""", "17")]
    [InlineData("""{"ID":"17","ID":"18","\ud800":1}""", "18")] // the last one counts, as without such a neighbour
    [InlineData("""{"\ud800":1}""", null)]
    public void Member_ANeighboursNameIsUnreadable_IsReadAllTheSame(string json, string? expected) =>
        Assert.Equal(expected, TestCards.Json(json).Member("ID").Text());

    [Fact]
    public void Fingerprint_AColumnsNameIsUnreadable_StillTellsCardsApart()
    {
        Assert.Equal(Fingerprint("1"), Fingerprint("1"));
        Assert.NotEqual(Fingerprint("1"), Fingerprint("2"));

        static string Fingerprint(string value) => TestCards.Card($$"""  "\ud800":{{value}}  """).ContentHash;
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("\"120\"", 120)]
    [InlineData("-1", null)]
    [InlineData("2147483648", null)]
    [InlineData("1e300", null)]
    [InlineData("false", null)]
    public void Count_NumberOfRows_IsReadOnlyWhereItCanBeOne(string json, int? expected) =>
        Assert.Equal(expected, TestCards.Json(json).Count());
}
