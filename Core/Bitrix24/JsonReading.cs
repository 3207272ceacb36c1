using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Characters;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Tolerant reading of PHP's JSON: an empty field is <c>null</c>, <c>""</c>, <c>false</c>, <c>[]</c>, <c>{}</c> or missing; numbers come
/// as strings and the reverse; a map with keys 0, 1, 2… comes as a list (docs/bitrix24.md, sections 6 and 9). What is a list of rows is
/// stricter, see <see cref="Rows"/>: of all these only <c>[]</c> is an empty one.
/// </summary>
internal static partial class JsonReading
{
    /// <summary>The member, or an undefined element where there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        try
        {
            return element.TryGetProperty(name, out var member) ? member : default;
        }
        catch (InvalidOperationException)
        {
            // A neighbour's name is unreadable: the others are compared one by one.
            return element.EnumerateObject().LastOrDefault(member => member.ReadableName() == name).Value;
        }
    }

    /// <summary>The member's name; <see langword="null"/> when it holds a lone surrogate.</summary>
    public static string? ReadableName(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// The scalar as text, without blanks and unseen characters at its ends; <see langword="null"/> when it is empty in any
    /// spelling. Where a character is broken stands <see cref="VisibleText.Broken"/>: the field is filled in all the same.
    /// </summary>
    public static string? Text(this JsonElement element)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.SafeString(),
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "1",
            JsonValueKind.Array when element.GetArrayLength() == 1 => element[0].Text(),
            _ => null,
        };
        return VisibleText.Trim(text);
    }

    /// <summary>The filled-in values of a multiple field; a lone scalar counts as one value.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => [.. element.EnumerateArray().Select(Text).OfType<string>()],
            JsonValueKind.Object => [.. element.EnumerateObject().Select(member => member.Value.Text()).OfType<string>()],
            _ => element.Text() is { } one ? [one] : [],
        };

    public static double? Number(this JsonElement element) =>
        double.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A number of rows; <see langword="null"/> when it cannot be one: no portal holds a billion.</summary>
    public static int? Count(this JsonElement element) => element.Number() is >= 0 and < 1e9 and var count ? (int)count : null;

    /// <summary>
    /// A moment: a date and a time with an explicit offset. What a time without one means is not documented
    /// (docs/bitrix24.md, section 4), so it is none.
    /// </summary>
    public static DateTimeOffset? Timestamp(this JsonElement element) => Timestamp(element.Text());

    /// <inheritdoc cref="Timestamp(JsonElement)"/>
    public static DateTimeOffset? Timestamp(string? text) =>
        text is { Length: <= 40 }
        && Moment().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var timestamp)
        && timestamp.UtcDateTime.Year is > 1 and < 9999 // room to calculate with
            ? timestamp
            : null;

    /// <summary>A card's or user's ID: a positive whole number, as a number or as text, without leading zeros.</summary>
    public static string? Id(this JsonElement element) =>
        element.ValueKind is JsonValueKind.String or JsonValueKind.Number
        && element.Text() is { Length: <= 18 } text
        && text.All(char.IsAsciiDigit)
        && text.TrimStart('0') is { Length: > 0 } id
            ? id
            : null;

    /// <summary>
    /// The rows of a list; <see langword="null"/> when it is none: <c>null</c>, <c>false</c>, <c>{}</c>, a text, missing. A JSON
    /// array, or the object that PHP makes of a list whose keys have gaps: then each member is a row.
    /// </summary>
    public static IReadOnlyList<JsonElement>? Rows(this JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return [.. element.EnumerateArray()];
            case JsonValueKind.Object:
                var rows = element.EnumerateObject().Select(member => member.Value).ToList();
                return rows.Count > 0 && rows.TrueForAll(row => row.ValueKind == JsonValueKind.Object) ? rows : null;
            default:
                return null;
        }
    }

    /// <summary>A value with several parts: a JSON array, or a JSON object whose keys do not matter.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray(),
            JsonValueKind.Object => element.EnumerateObject().Select(member => member.Value),
            _ => [],
        };

    /// <summary>
    /// The text as written. Half an emoji (\ud83d alone) and bytes that are no UTF-8 make <c>GetString</c> throw: the rest of the text is
    /// read, and the broken character is kept as a mark, so that a person can be told of it.
    /// </summary>
    public static string? SafeString(this JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            var inside = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
            var text = Escape().Replace(inside, match => Unescape(match.ValueSpan).ToString());
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // what is half a character becomes the mark
        }
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)? ?(Z|[+-][0-9]{2}:?[0-9]{2})$")]
    private static partial Regex Moment();

    private static char Unescape(ReadOnlySpan<char> escape) =>
        escape[1] switch
        {
            'u' => (char)ushort.Parse(escape[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            var itself => itself,
        };

    [GeneratedRegex(@"\\(?:u[0-9A-Fa-f]{4}|[^u])")]
    private static partial Regex Escape();
}
