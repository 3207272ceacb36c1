using System.Globalization;
using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>What stands in the fields of cards: dates, phones and amounts in the notations of people and of PHP, right and nearly right.</summary>
internal static class FieldGen
{
    private static readonly string[] DatePatterns =
    [
        "{0:0000}-{1:00}-{2:00}", "{0:0000}-{1:00}-{2:00}T00:00:00+03:00", "{0:0000}-{1:00}-{2:00}T23:59:59.999-11:30", "{0:0000}-{1:00}-{2:00} 00:00:00", "{0:0000}-{1:00}-{2:00}T24:00:00Z",
        "{2:00}.{1:00}.{0:0000}", "{1}/{2}/{0}", "{0:0000}{1:00}{2:00}", "{0:0000}-{1:00}-{2:00}T00:00:00+25:00", "{0}-{1}-{2}", "{0:0000}-{1:00}-{2:00}T00:00", "{0:0000}-{1:00}-{2:00}T00:00:00.12345678901234567890+03:00",
    ];

    /// <summary>A date in some notation, which may exist or not.</summary>
    public static readonly Gen<string> DateText = Gen.Select(
        Gen.Frequency((12, Gen.Int[1990, 2030]), (1, Choice.Of(0, 1, 9999, 10000, -1))), Gen.Frequency((8, Gen.Int[1, 12]), (1, Gen.Int[0, 13])), Gen.Frequency((8, Gen.Int[1, 28]), (1, Gen.Int[0, 32])),
        Gen.Frequency((2, Choice.Of(DatePatterns)), (3, Choice.Of(DatePatterns[..4]))),
        (year, month, day, pattern) => string.Format(CultureInfo.InvariantCulture, pattern, year, month, day));

    /// <summary>A phone number in some notation.</summary>
    public static readonly Gen<string> PhoneText = Gen.Frequency(
        (4, Gen.Select(Choice.Of("8 (9", "+7 9", "79", "9", "+375 29 ", "+1 2", "+49 1", "+290 ", "810 7 9", "00", "+"), Gen.Long[0, 99_999_999_999], Choice.Of("", "-", " ", ")", "("),
            (start, number, between) => start + string.Join(between, number.ToString(CultureInfo.InvariantCulture).Chunk(3).Select(part => new string(part))))),
        (6, Gen.Select(Choice.Of("8 (9", "+7 9", "79", "9"), Gen.Int[160_000_000, 169_999_999], (start, number) => start + number.ToString(CultureInfo.InvariantCulture))),
        (2, Choice.Of("8 (926) 123-45-67", "+7 (926) 1234567", "9265672098", "8 800 FLOWERS", "8-926-123-45-67 доб. 12", "٨٩٢٦١٢٣٤٥٦٧", "+7 926 123-45-67, 8 916 765 43 21", "112", "tel:+79261234567;ext=5")));

    /// <summary>An amount as a JSON number or string.</summary>
    public static readonly Gen<string> Amount = Gen.Frequency(
        (4, Gen.Long[-500, 2_000_000].Select(kopecks => Kopecks(kopecks))),
        (1, JsonGen.Const("9000", "8700.5", "300.005", "\"9000,00\"", "\"9 000.00\"", "\"9000.00|RUB\"", "\"1e3\"", "\" 12.3 \"", "\"+5\"")),
        (1, JsonGen.Number), (1, JsonGen.Number.Select(JsonGen.Quote)));

    /// <summary>A moment as Bitrix24 prints it.</summary>
    public static readonly Gen<string> Moment = Gen.Frequency(
        (12, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 59], (minute, second) => $"\"2020-12-24T10:{minute:00}:{second:00}+03:00\"")),
        (1, DateText.Select(JsonGen.Literal)));

    public static string Kopecks(long kopecks) => (kopecks / 100m).ToString("0.00##", CultureInfo.InvariantCulture);
}
