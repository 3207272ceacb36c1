using System.Globalization;
using System.Text;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Tests.Fuzzing;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Bitrix24;

/// <summary>What nobody sees is no part of a value; what is broken is told (docs/spec.md, section 5.2, last paragraph).</summary>
public sealed class VisibleTextTests
{
    private static readonly Gen<string> Unseen = FieldGen.Unseen.Array[0, 5].Select(string.Concat);

    private static readonly Gen<string> Seen = Choice.Of(
        "Петров",
        "O'Brien",
        "Анна Мария",
        "é",
        "李",
        "김",
        "👨‍👩‍👧",
        "🇷🇺",
        "٣",
        "-",
        "a",
        "½",
        "नमस्ते"
    );

    [Fact]
    public void Text_UnseenCharactersAtBothEnds_AreNotRead() =>
        Gen.Select(Unseen, Seen, Unseen)
            .Sample((before, seen, after) => Assert.Equal(seen, Json(JsonGen.Literal(before + seen + after)).Text()), iter: 5_000);

    [Fact]
    public void Text_NothingButUnseenCharacters_IsEmpty() =>
        Unseen.Sample(unseen => Assert.Null(Json(JsonGen.Literal(unseen)).Text()), iter: 5_000);

    [Fact]
    public void Texts_UnseenCharactersAroundListValues_AreNotRead() =>
        Gen.Select(Unseen, Unseen)
            .Sample(
                (before, after) =>
                    Assert.Equal(["404"], Json($"[{JsonGen.Literal(before + "404" + after)},{JsonGen.Literal(before)}]").Texts()),
                iter: 1_000
            );

    [Theory]
    [InlineData("Пет\u00ADров", "Петров")] // soft hyphen
    [InlineData("Пет\u200Bров", "Петров")]
    [InlineData("\u202EПетров\u202C", "Петров")]
    [InlineData("Пет\u0000\u0007ров", "Петров")]
    [InlineData("Пет\uFFFFров", "Петров")]
    [InlineData("Анна\nМария", "Анна Мария")]
    [InlineData("Анна \r\n\t Мария", "Анна Мария")]
    [InlineData("Анна\u2028Мария", "Анна Мария")]
    [InlineData("Анна\u0085Мария", "Анна Мария")]
    [InlineData("Анна\t\u200B", "Анна")]
    [InlineData("6 КМС  45 мин", "6 КМС  45 мин")] // two blanks may be the product's name
    [InlineData("Анна\u00A0Мария", "Анна\u00A0Мария")]
    [InlineData("👨\u200D👩\u200D👧", "👨\u200D👩\u200D👧")]
    [InlineData("❤\uFE0F Анна", "❤\uFE0F Анна")]
    public void Name_CharactersInside_StayOnlyWhereTheyChangeWhatIsSeen(string typed, string expected) =>
        Assert.Equal(expected, VisibleText.Name(typed));

    [Fact]
    public void Name_AnyText_HoldsNoControlCharacterAndIsItsOwnName() =>
        Gen.Select(Unseen, Seen, Unseen, Seen)
            .Sample(
                (before, one, between, two) =>
                {
                    var name = VisibleText.Name(before + one + between + two);
                    Assert.DoesNotContain(name, char.IsControl);
                    Assert.Equal(name, VisibleText.Name(name));
                    Assert.StartsWith(one, name, StringComparison.Ordinal);
                    Assert.EndsWith(two, name, StringComparison.Ordinal);
                },
                iter: 5_000
            );

    [Theory]
    [InlineData("""  "Пет\ud83dров"  """, "Пет\uFFFDров")]
    [InlineData("""  "\udc00"  """, "\uFFFD")]
    [InlineData("""  "\ud83d\u0041"  """, "\uFFFDA")]
    [InlineData("""  "\ude00\ud83d"  """, "\uFFFD\uFFFD")]
    [InlineData("""  "\ud83d\\ude00"  """, "\uFFFD\\ude00")] // the second is a backslash and five letters
    [InlineData("""  "\ud83d\ud83d\ude00"  """, "\uFFFD😀")]
    [InlineData("""  "\"\n\/\t\\\b\f\r\u0020\udfff"  """, "\"\n/\t\\\b\f\r \uFFFD")]
    [InlineData("""  "\ud83d\ude00"  """, "😀")]
    public void Text_HalfACharacter_IsMarkedAndTheRestIsRead(string json, string expected) => Assert.Equal(expected, Json(json).Text());

    [Fact]
    public void Text_BytesThatAreNoUtf8_AreMarked()
    {
        using var document = System.Text.Json.JsonDocument.Parse(new byte[] { (byte)'"', 0xD0, 0x9F, 0xD0, (byte)'a', 0xFF, (byte)'"' });

        Assert.Equal("П\uFFFDa\uFFFD", document.RootElement.Text());
    }

    [Fact]
    public void IsUnseen_EveryControlAndFormatCharacter_IsNotSeen() =>
        Assert.All(
            Enumerable
                .Range(0, 0x110000)
                .Where(Rune.IsValid)
                .Select(code => new Rune(code))
                .Where(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format),
            rune => Assert.True(VisibleText.IsUnseen(rune))
        );
}
