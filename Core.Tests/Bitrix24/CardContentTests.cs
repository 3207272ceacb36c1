using System.Globalization;
using System.Text.Json;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

/// <summary>The same value in another form is no edit, and another value is one (docs/spec.md, section 6, invariant 4).</summary>
public sealed class CardContentTests
{
    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Char["абвгдеЖЁ /xyz0.7+-:\"\\"].Array[1, 12].Select(letters => new string(letters)),
        Gen.Int[0, 99_999].Select(number => number.ToString(CultureInfo.InvariantCulture))
    );

    /// <summary>A value as a person means it: empty, a text, a number, an instant, several of them, or phones.</summary>
    private static readonly Gen<object?> Meaning = Gen.Frequency<object?>(
        (1, Gen.Const((object?)null)),
        (3, Word.Where(text => text.Trim().Length > 0).Select(text => (object?)text.Trim())),
        (2, Gen.Int[1, 20_000].Select(number => (object?)(decimal)number)),
        (1, Gen.Int[1, 2_000_000].Select(kopecks => (object?)(kopecks / 100m))),
        (2, Gen.Long[0, 2_000_000_000].Select(seconds => (object?)DateTimeOffset.FromUnixTimeSeconds(seconds))),
        (1, Gen.Int[1, 999].Array[2, 4].Select(ids => (object?)ids.Select(id => (object?)(decimal)id).ToArray())),
        (
            1,
            Gen.Int[1, 999]
                .Array[1, 2]
                .Select(ids =>
                    (object?)
                        ids.Select(id =>
                                (object?)
                                    new Dictionary<string, object?>
                                    {
                                        ["ID"] = (decimal)id,
                                        ["VALUE"] = $"+7926{id}",
                                        ["TYPE_ID"] = null,
                                    }
                            )
                            .ToArray()
                )
        )
    );

    private static readonly Gen<object?[]> Cards = Meaning.Array[1, 8];

    [Fact]
    public void Fingerprint_SameCardInAnyForm_IsTheSame() =>
        Gen.Select(Cards, Gen.Int, Gen.Int)
            .Sample(
                (card, one, other) => Assert.Equal(Fingerprint(card, new Random(one)), Fingerprint(card, new Random(other))),
                iter: 8_000
            );

    [Fact]
    public void Fingerprint_OneValueIsAnother_IsAnother() =>
        Gen.Select(Cards, Meaning, Gen.Int[0, 7], Gen.Int, Gen.Int)
            .Sample(
                (card, value, place, one, other) =>
                {
                    var edited = card.ToArray();
                    edited[place % card.Length] = value;
                    var isSame = Plain(card[place % card.Length]) == Plain(value);
                    Assert.Equal(isSame, Fingerprint(card, new Random(one)) == Fingerprint(edited, new Random(other)));
                },
                iter: 8_000
            );

    [Theory]
    [InlineData("\"B\":\"2009-11-29T00:00:00+03:00\"", "\"B\":\"2009-11-28T21:00:00+00:00\"", true)]
    [InlineData("\"B\":\"2009-11-29T00:00:00+03:00\"", "\"B\":\"2009-11-28 21:00:00Z\"", true)]
    [InlineData("\"B\":\"2009-11-29T00:00:00+03:00\"", "\"B\":\"2009-11-29T00:00:00+00:00\"", false)]
    [InlineData("\"B\":\"404\"", "\"B\":404.00", true)]
    [InlineData("\"B\":\"9000.00\"", "\"B\":9e3", true)]
    [InlineData("\"B\":\"007\"", "\"B\":\"7\"", false)]
    [InlineData("\"B\":true", "\"B\":\"1\"", true)]
    [InlineData("\"B\":[\"404\"]", "\"B\":{\"3\":404}", true)]
    [InlineData("\"B\":[\"404\",\"410\"]", "\"B\":[\"410\",\"404\"]", false)]
    [InlineData("\"B\":[\"4\",\"5\"]", "\"B\":\"[4,5]\"", false)]
    [InlineData("\"B\":[null,\"\",false]", "", true)]
    [InlineData("\"B\":\"\\u0410\\/\"", "\"B\":\" А/ \"", true)]
    [InlineData("\"B\":1,\"B\":2", "\"B\":2", true)]
    [InlineData("\"B\":\"x\",\"C\":null", "\"C\":\"x\"", false)]
    [InlineData("\"B\":\"Иван\"", "\"B\":\"иван\"", false)]
    public void Fingerprint_TwoForms(string one, string other, bool isSame) =>
        Assert.Equal(isSame, TestCards.Card(one).ContentHash == TestCards.Card(other).ContentHash);

    private static string Fingerprint(object?[] card, Random random)
    {
        var columns = card.Select((value, i) => (Name: $"UF_{i}", Value: value)).ToArray();
        random.Shuffle(columns);
        return TestCards
            .Card(
                string.Join(
                    ',',
                    columns.Select(column => Write(column.Value, random) is { } text ? $"\"{column.Name}\":{text}" : null).OfType<string>()
                )
            )
            .ContentHash;
    }

    // In one of the forms that Bitrix24 has been seen to use.
    private static string? Write(object? value, Random random) =>
        value switch
        {
            null => random.Next(8) switch
            {
                0 => null,
                1 => "null",
                2 => "\"\"",
                3 => "false",
                4 => "[]",
                5 => "{}",
                6 => "\"  \"",
                _ => "[null]",
            },
            object?[] { Length: 1 } one when random.Next(2) == 0 => Write(one[0], random),
            object?[] many when random.Next(3) == 0 => "{"
                + string.Join(',', many.Select((item, i) => $"\"{i * 3}\":{Write(item, random)}"))
                + "}",
            object?[] many => "[" + string.Join(',', many.Select(item => Write(item, random))) + "]",
            Dictionary<string, object?> map => "{"
                + string.Join(
                    ',',
                    Shuffled(map, random)
                        .Select(pair => Write(pair.Value, random) is { } text ? $"\"{pair.Key}\":{text}" : null)
                        .OfType<string>()
                )
                + "}",
            DateTimeOffset moment => Quoted(
                moment
                    .ToOffset(TimeSpan.FromMinutes(random.Next(-20, 28) * 30))
                    .ToString(
                        random.Next(3) switch
                        {
                            0 => "yyyy-MM-dd HH:mm:sszzz",
                            1 => "yyyy-MM-dd'T'HH:mm:ss.fffzzz",
                            _ => "yyyy-MM-dd'T'HH:mm:sszzz",
                        },
                        CultureInfo.InvariantCulture
                    ),
                random
            ),
            decimal number => random.Next(4) switch
            {
                0 => number.ToString(CultureInfo.InvariantCulture),
                1 => Quoted(number.ToString("0.00##", CultureInfo.InvariantCulture), random),
                2 => $"[{number.ToString("0.00", CultureInfo.InvariantCulture)}]",
                _ => Quoted(number.ToString(CultureInfo.InvariantCulture), random),
            },
            string text => Quoted(text, random),
            _ => throw new ArgumentException("unknown", nameof(value)),
        };

    private static KeyValuePair<string, object?>[] Shuffled(Dictionary<string, object?> map, Random random)
    {
        var pairs = map.ToArray();
        random.Shuffle(pairs);
        return pairs;
    }

    private static string Quoted(string text, Random random)
    {
        var blanks = new string(' ', random.Next(3));
        var inside = string.Concat(
            text.Select(c =>
                random.Next(3) == 0 || c is '"' or '\\' ? $"\\u{(int)c:x4}"
                : c == '/' && random.Next(2) == 0 ? "\\/"
                : c.ToString()
            )
        );
        return $"\"{blanks}{inside}{(random.Next(2) == 0 ? "\\n" : "")}\"";
    }

    private static string Plain(object? value) =>
        value switch
        {
            object?[] { Length: 1 } one => Plain(one[0]),
            decimal number => JsonSerializer.Serialize((number / 1.0000000000m).ToString("0.####", CultureInfo.InvariantCulture)),
            string text
                when text.TrimStart('-') is var digits
                    && digits.Contains('.')
                    && decimal.TryParse(
                        text,
                        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out _
                    )
                    && digits[0] != '.'
                    && digits[^1] != '.' => JsonSerializer.Serialize(text.TrimEnd('0').TrimEnd('.')),
            _ => JsonSerializer.Serialize(value),
        };
}
