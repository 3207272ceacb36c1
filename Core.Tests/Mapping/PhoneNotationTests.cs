using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Tests.Fuzzing;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Mapping;

/// <summary>One number in any notation is read; anything else is a format error (docs/spec.md, section 5.1).</summary>
public sealed class PhoneNotationTests
{
    [Theory]
    [InlineData("8 (926) 123-45-67")]
    [InlineData("+7 (926) 1234567")]
    [InlineData("+7 926 123-45-67")]
    [InlineData("7 926 123 45 67")]
    [InlineData("79261234567")]
    [InlineData("89261234567")]
    [InlineData("8-926-123-45-67")]
    [InlineData("8.926.123.45.67")]
    [InlineData("9261234567")]
    [InlineData("926 123-45-67")]
    [InlineData("(926)1234567")]
    [InlineData("+7(926)123-45-67")]
    [InlineData("(+7) 926 123 45 67")]
    [InlineData("+ 7 926 123 45 67")]
    [InlineData("8(926)123-45-67.")]
    [InlineData("8(926)123-45-67,")]
    [InlineData("8\u00a0926\u00a0123\u201345\u201367")] // no-break spaces and dashes
    [InlineData("8\u2011926\u2212123\uFE6345\uFF0D67")] // a hyphen that does not break, minus, small and full width
    [InlineData("\u202A+7\u200B926\uFEFF1234567\u202C")]
    [InlineData("\uFF0B\uFF17\uFF08926\uFF091234567")] // full width, as an Asian keyboard types it
    [InlineData("٨٩٢٦١٢٣٤٥٦٧")]
    [InlineData("tel:+7-926-123-45-67")]
    [InlineData("8\t926\t1234567")]
    [InlineData("810 7 926 123 45 67")] // dialled from abroad by Russian habit
    [InlineData("8~10 7 926 123 45 67", null)] // the sign waits for a tone: it is none of a number
    [InlineData("00 7 926 123 45 67")]
    [InlineData("007(926)1234567")]
    public void Read_AnyRussianNotation_IsTheInternationalNumber(string typed, string? expected = "79261234567") =>
        Assert.Equal(expected, FieldFormats.Phone(typed));

    [Theory]
    [InlineData("8 (495) 123-45-67", "74951234567")]
    [InlineData("+49 30 1234567", "49301234567")]
    [InlineData("+375 29 123-45-67", "375291234567")]
    [InlineData("+380 50 123 45 67", "380501234567")]
    [InlineData("+7 701 123 45 67", "77011234567")] // Kazakhstan
    [InlineData("8 701 123 45 67", "77011234567")]
    [InlineData("810 49 30 1234567", "49301234567")]
    [InlineData("0049 30 1234567", "49301234567")]
    [InlineData("+1 (202) 555-0123", "12025550123")]
    [InlineData("+84 951 234 567", "84951234567")] // Vietnam
    [InlineData("8 800 555-35-35", "78005553535")]
    public void Read_OtherNetworksAndCountries_AreTaken(string typed, string expected) => Assert.Equal(expected, FieldFormats.Phone(typed));

    [Theory]
    [InlineData("нет")]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("112")]
    [InlineData("123-45-67")] // local: which town?
    [InlineData("8926123456")] // a digit too few
    [InlineData("892612345678")] // one too many
    [InlineData("+7 926 123")]
    [InlineData("+999 123 456 789")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("375 29 123-45-67")] // another country's number needs its plus
    [InlineData("+8 (495) 123-45-67")] // no country: with the plus it would be one of Vietnam
    [InlineData("+8 926 123-45-67")]
    [InlineData("+7 +926 123-45-67")]
    [InlineData("8 926 123-45-67+")]
    [InlineData("8 926 12З-45-67")] // a letter that looks like a digit
    [InlineData("8 926 l23-45-67")]
    [InlineData("8 92O 123-45-67")]
    [InlineData("8-800-FLOWERS")]
    [InlineData("8 800 FLOWERS")]
    [InlineData("1-800-GO-FEDEX")]
    [InlineData("+1 800 FLOWERS")]
    [InlineData("8-800-ЦВЕТЫ-00")]
    [InlineData("мама 89261234567")]
    [InlineData("89261234567 мама")]
    [InlineData("89261234567 (мама)")]
    [InlineData("тел. 89261234567")]
    [InlineData("89261234567 WhatsApp")]
    [InlineData("8 926 123-45-6²")]
    [InlineData("①89261234567")]
    [InlineData("8 926 123/45/67")] // a slash stands between two: 123-45-67/68
    [InlineData("+49 30 123456/7")]
    [InlineData("+49 30 1234567 (12)")]
    [InlineData("+49 30 12345 (67890)")]
    [InlineData("8 495 123-45-67/68")]
    [InlineData("41234/56789")] // glued, two local numbers are one of Penza
    [InlineData("41234\n56789")]
    [InlineData("8 926 123-45-67*12")]
    [InlineData("'89261234567")]
    public void Read_NotOneNumber_IsNone(string typed) => Assert.Null(FieldFormats.Phone(typed));

    [Theory]
    [InlineData(" доб. 12")]
    [InlineData(" доб.12")]
    [InlineData("доб12")]
    [InlineData(" Доб 123")]
    [InlineData(" (доб. 123)")]
    [InlineData(", доб. 123")]
    [InlineData(" ДОБАВОЧНЫЙ: 1234567")]
    [InlineData(" доп. 5")]
    [InlineData(" вн. 5")]
    [InlineData(" внутр. № 501")]
    [InlineData(" ext 12")]
    [InlineData(" ext. 12")]
    [InlineData(" Extension 12")]
    [InlineData(";ext=12")]
    [InlineData(" x12")]
    [InlineData(" x 12")]
    [InlineData(" х 12")] // the Russian letter
    [InlineData("#12")]
    [InlineData(" # 12")]
    [InlineData(",12")]
    [InlineData(", 12345")]
    [InlineData(",,12")]
    [InlineData(" доб.\u00A0١٢")]
    public void Read_ExtensionAfterAUsualMark_IsDropped(string extension) =>
        FieldGen.Phone.Sample(phone => Assert.Equal(phone.Number, FieldFormats.Phone(phone.Typed + extension)), iter: 100);

    [Theory]
    [InlineData(" доб. 8 495 123-45-67")]
    [InlineData(" доб. 89161234567")]
    [InlineData(" доб.")]
    [InlineData(" доб. мама")]
    [InlineData(" доб. 12 мама")]
    [InlineData(" доб. 12, 13")]
    [InlineData(", 123-45-67")]
    [InlineData(", 1234567")] // a local number
    [InlineData(", 123 45")]
    [InlineData(";123")]
    [InlineData("; 123-45-67")]
    [InlineData("|12")]
    [InlineData(" 12")]
    [InlineData("-12")]
    [InlineData(" (12)")]
    [InlineData("#12345678")]
    public void Read_MoreThanAnExtension_IsNone(string rest) =>
        FieldGen
            .Phone.Where(phone => phone.Number[0] == '7')
            .Sample( // German numbers may go on
                phone => Assert.Null(FieldFormats.Phone(phone.Typed + rest)),
                iter: 100
            );

    [Fact]
    public void Read_OneNumberInAGeneratedNotation_IsThatNumber() =>
        FieldGen.Phone.Sample(phone => Assert.Equal(phone.Number, FieldFormats.Phone(phone.Typed)), iter: 8_000);

    [Fact]
    public void Read_UnseenCharactersAnywhere_ChangeNothing() =>
        Gen.Select(FieldGen.Phone, Gen.Int[0, 30], Choice.Of("\u00AD", "\u200B", "\u202D", "\uFEFF", "\u2060", "\u3164"))
            .Sample(
                (phone, place, unseen) =>
                    Assert.Equal(phone.Number, FieldFormats.Phone(phone.Typed.Insert(Math.Min(place, phone.Typed.Length), unseen))),
                iter: 5_000
            );

    [Fact]
    public void Read_TwoNumbersHoweverSeparated_IsNone() =>
        Gen.Select(FieldGen.Phone, FieldGen.Separator, FieldGen.Phone)
            .Sample((one, between, two) => Assert.Null(FieldFormats.Phone(one.Typed + between + two.Typed)), iter: 8_000);

    [Fact]
    public void Read_ALetterAnywhere_IsNone() =>
        Gen.Select(FieldGen.Phone, Gen.Int[0, 30], Choice.Of("a", "Z", "о", "З", "l", "I", "ß", "é", "你", "ﬀ", "ª", "Ⅷ"))
            .Sample(
                (phone, place, letter) => Assert.Null(FieldFormats.Phone(phone.Typed.Insert(Math.Min(place, phone.Typed.Length), letter))),
                iter: 5_000
            );

    [Fact]
    public void Read_DigitsSpeltAsLetters_AreNone() =>
        Gen.Select(FieldGen.Phone, Gen.Int[1, 6])
            .Sample((phone, letters) => Assert.Null(FieldFormats.Phone(phone.Typed[..^letters] + "FLOWERS"[..letters])), iter: 2_000);

    [Fact]
    public void Read_VeryLongText_IsNoneAtOnce() =>
        Assert.All(
            ["8", " ", "(", "-", "доб", "8 926 123-45-67", "\u200B"],
            piece => Assert.Null(FieldFormats.Phone(string.Concat(Enumerable.Repeat(piece, 20_000))))
        );

    [Fact]
    public void Read_BlanksInARow_CountAsOne()
    {
        Assert.Equal("79261234567", FieldFormats.Phone("8" + new string(' ', 30) + "926" + new string('\u00a0', 200) + "1234567"));
        Assert.Null(FieldFormats.Phone("8" + string.Concat(Enumerable.Repeat("- ", 60)) + "9261234567")); // no notation of a number
    }

    [Theory]
    [InlineData("8 926 123-45-67 доб. 12", "79261234567")]
    [InlineData("8 926 123-45-67 ａｂ", null)]
    [InlineData("８ ９２６ １２３−４５−６７", "79261234567")]
    [InlineData("8 926 123-45-67 ＃12", "79261234567")]
    [InlineData("8！9261234567", null)] // U+FF01, the first of full width
    [InlineData("8 926 123-45-67～", null)] // U+FF5E, the last
    public void Read_OtherSigns_AreTakenForWhatTheyLookLike(string typed, string? expected) =>
        Assert.Equal(expected, FieldFormats.Phone(typed));
}
