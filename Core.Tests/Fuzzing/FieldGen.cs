using System.Globalization;
using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>
/// What stands in the fields of cards: dates, phones and amounts in the notations of people and of PHP, right and nearly right.
/// </summary>
internal static class FieldGen
{
    private static readonly string[] DatePatterns =
    [
        "{0:0000}-{1:00}-{2:00}",
        "{0:0000}-{1:00}-{2:00}T00:00:00+03:00",
        "{0:0000}-{1:00}-{2:00}T23:59:59.999-11:30",
        "{0:0000}-{1:00}-{2:00} 00:00:00",
        "{0:0000}-{1:00}-{2:00}T24:00:00Z",
        "{2:00}.{1:00}.{0:0000}",
        "{1}/{2}/{0}",
        "{0:0000}{1:00}{2:00}",
        "{0:0000}-{1:00}-{2:00}T00:00:00+25:00",
        "{0}-{1}-{2}",
        "{0:0000}-{1:00}-{2:00}T00:00",
        "{0:0000}-{1:00}-{2:00}T00:00:00.12345678901234567890+03:00",
    ];

    /// <summary>A date in some notation, which may exist or not.</summary>
    public static readonly Gen<string> DateText = Gen.Select(
        Gen.Frequency((12, Gen.Int[1990, 2030]), (1, Choice.Of(0, 1, 9999, 10000, -1))),
        Gen.Frequency((8, Gen.Int[1, 12]), (1, Gen.Int[0, 13])),
        Gen.Frequency((8, Gen.Int[1, 28]), (1, Gen.Int[0, 32])),
        Gen.Frequency((2, Choice.Of(DatePatterns)), (3, Choice.Of(DatePatterns[..4]))),
        (year, month, day, pattern) => string.Format(CultureInfo.InvariantCulture, pattern, year, month, day)
    );

    /// <summary>A character that nobody sees, or a blank: what pages, tables and messengers leave at the ends of what is copied.</summary>
    public static readonly Gen<string> Unseen = Gen.Frequency(
        (2, Choice.Of(" ", "\t", "\n", "\r\n", "\u00A0", "\u2007", "\u202F", "\u3000", "\u2028", "\u2029", "\u0085", "\u2800")),
        (
            2,
            Choice.Of(
                "\u00AD",
                "\u200B",
                "\u200C",
                "\u200D",
                "\u200E",
                "\u202A",
                "\u202E",
                "\u2060",
                "\u2066",
                "\uFEFF",
                "\u180E",
                "\u061C"
            )
        ),
        (1, Choice.Of("\u115F", "\u1160", "\u3164", "\uFFA0", "\uFE0F", "\u034F", "\U000E0020", "\U000E0100", "\uFFFF", "\u17B4")),
        (1, Gen.Int[0, 0x1F].Select(code => ((char)code).ToString())),
        (1, Gen.Int[0x7F, 0x9F].Select(code => ((char)code).ToString()))
    );

    /// <summary>
    /// A number that exists: country code, area or network, and the rest; Russian ones can be written without their code.
    /// </summary>
    private static readonly Gen<(string Country, string Area, string Line)> PhoneParts = Gen.Frequency(
        (
            4,
            Gen.Select(
                Choice.Of("926", "916", "903", "985", "999", "495", "812", "843", "701"),
                Gen.Int[1_000_000, 9_999_999],
                (area, rest) => ("7", area, Digits(rest, 7))
            )
        ),
        (1, Gen.Int[1_000_000, 9_999_999].Select(rest => ("375", "29", Digits(rest, 7)))),
        (1, Gen.Int[1_000_000, 9_999_999].Select(rest => ("49", "30", Digits(rest, 7)))),
        (1, Gen.Int[1_000_000, 9_999_999].Select(rest => ("380", "50", Digits(rest, 7))))
    );

    /// <summary>A number that exists, in international digits, and how somebody types it.</summary>
    public static readonly Gen<(string Number, string Typed)> Phone = Gen.Select(
        PhoneParts,
        Gen.Int[0, 6],
        Choice.Of("", " ", "-", "\u00A0", "\u2011", ".", " - "),
        Gen.Bool,
        Choice.Of("", " ", "-"),
        (phone, start, between, inBrackets, group) =>
        {
            var area = inBrackets ? $"({phone.Area})" : phone.Area;
            var rest = string.Join(group, phone.Line[..3], phone.Line[3..5], phone.Line[5..]);
            var before = (phone.Country, start) switch
            {
                ("7", 0) => "8" + between,
                ("7", 1) => "",
                ("7", 2) => "7" + between,
                (var code, 3) => "00" + code + between,
                (var code, 4) => "810 " + code + between,
                (var code, 5) => $"(+{code})" + between,
                var (code, _) => "+" + code + between,
            };
            return (phone.Country + phone.Area + phone.Line, before + area + between + rest);
        }
    );

    /// <summary>What people put between two numbers.</summary>
    public static readonly Gen<string> Separator = Choice.Of(
        "",
        " ",
        ",",
        ", ",
        ";",
        "; ",
        "/",
        " / ",
        "|",
        "\n",
        "\r\n",
        "\t",
        " или ",
        " и ",
        " or ",
        "(",
        " (",
        ")(",
        "+",
        " + ",
        "-",
        " - ",
        ".",
        "\u00A0",
        "\u200B",
        "#",
        " доб. ",
        " x ",
        ";ext=",
        " мама, папа "
    );

    /// <summary>A phone number in some notation, right and nearly right.</summary>
    public static readonly Gen<string> PhoneText = Gen.Frequency(
        (8, Phone.Select(phone => phone.Typed)),
        (2, Gen.Select(Phone, Unseen, (phone, unseen) => unseen + phone.Typed + unseen)),
        (1, Gen.Select(Phone, Separator, Phone, (one, between, two) => one.Typed + between + two.Typed)),
        (
            1,
            Gen.Select(
                Phone,
                Choice.Of(" доб. 12", ", 123", "#5", ";ext=7", " ext. 1234", " мама", "FLOWERS", "/68", "\uFFFD"),
                (phone, rest) => phone.Typed + rest
            )
        ),
        (
            2,
            Gen.Select(
                Choice.Of("8 (9", "+7 9", "79", "9", "+375 29 ", "+1 2", "+49 1", "+290 ", "810 7 9", "00", "+"),
                Gen.Long[0, 99_999_999_999],
                Choice.Of("", "-", " ", ")", "("),
                (start, number, between) =>
                    start + string.Join(between, number.ToString(CultureInfo.InvariantCulture).Chunk(3).Select(part => new string(part)))
            )
        ),
        (
            1,
            Choice.Of(
                "8 (926) 123-45-67",
                "+7 (926) 1234567",
                "9265672098",
                "8 800 FLOWERS",
                "8-926-123-45-67 доб. 12",
                "٨٩٢٦١٢٣٤٥٦٧",
                "+7 926 123-45-67, 8 916 765 43 21",
                "112",
                "tel:+79261234567;ext=5"
            )
        )
    );

    /// <summary>An amount as a JSON number or string.</summary>
    public static readonly Gen<string> Amount = Gen.Frequency(
        (4, Gen.Long[-500, 2_000_000].Select(kopecks => Kopecks(kopecks))),
        (
            1,
            JsonGen.Const(
                "9000",
                "8700.5",
                "300.005",
                "8700.000000000001",
                "22175.328",
                "-0.001",
                "0.004",
                "0.0",
                "2463.925",
                "299.99999999999994",
                "\"9000,00\"",
                "\"9 000.00\"",
                "\"9000.00|RUB\"",
                "\"1e3\"",
                "\" 12.3 \"",
                "\"+5\""
            )
        ),
        (1, JsonGen.Number),
        (1, JsonGen.Number.Select(JsonGen.Quote))
    );

    /// <summary>A moment as Bitrix24 prints it.</summary>
    public static readonly Gen<string> Moment = Gen.Frequency(
        (12, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 59], (minute, second) => $"\"2020-12-24T10:{minute:00}:{second:00}+03:00\"")),
        (1, DateText.Select(JsonGen.Literal))
    );

    private static string Digits(int number, int count) => number.ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');

    public static string Kopecks(long kopecks) => (kopecks / 100m).ToString("0.00##", CultureInfo.InvariantCulture);
}
