using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// The content hash: what a row says, whatever form it says it in (docs/spec.md, section 6, invariant 4; docs/bitrix24.md, section 13,
/// trap 15):
/// <list type="bullet">
/// <item>columns and members of a value (of a phone) in any order, and the last of two with the same name;</item>
/// <item><c>null</c>, <c>""</c>, blanks, <c>false</c>, <c>[]</c>, <c>{}</c>, a list of such, or no column at all: empty;</item>
/// <item><c>404</c>, <c>404.0</c>, <c>"404"</c>, <c>[404]</c>, <c>{"5":"404"}</c>: one value; <c>true</c> is <c>1</c>;</item>
/// <item>a time with an offset is an instant, and a text is what its escapes mean, without blanks around it.</item>
/// </list>
/// The order of a list's values counts: the first phone is the one that is sent.
/// </summary>
internal static class CardContent
{
    /// <summary>The content hash of a row without its <c>DATE_MODIFY</c>.</summary>
    public static string Of(JsonElement row)
    {
        var text = Canonical(row);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
    }

    private static string Canonical(JsonElement row)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Members(row))
        {
            if (name != EntityQueries.Modified)
            {
                text.Append(Sized(name)).Append('=').Append(value).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The value in its one form; <see langword="null"/> when it is empty.</summary>
    private static string? Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Text(value.SafeString()?.Trim() ?? value.GetRawText()),
            JsonValueKind.Number => Text(Number(value.GetRawText())),
            JsonValueKind.True => Text("1"),
            JsonValueKind.Array => List(value.EnumerateArray()),
            JsonValueKind.Object
                when value.EnumerateObject().All(member => member.ReadableName() is { Length: > 0 } name && name.All(char.IsAsciiDigit)) =>
                List(value.EnumerateObject().Select(member => member.Value)),
            JsonValueKind.Object => "{" + string.Join(',', Members(value).Select(member => Sized(member.Name) + "=" + member.Value)) + "}",
            _ => null,
        };

    private static string? List(IEnumerable<JsonElement> values)
    {
        var filled = values.Select(Value).OfType<string>().ToList();
        return filled.Count switch
        {
            0 => null,
            1 => filled[0],
            _ => "[" + string.Join(',', filled) + "]",
        };
    }

    private static SortedDictionary<string, string> Filled(JsonElement map)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
        {
            var name = member.ReadableName() ?? "?";
            members.Remove(name);
            if (Value(member.Value) is { } value)
            {
                members[name] = value;
            }
        }

        return members;
    }

    private static IEnumerable<(string Name, string Value)> Members(JsonElement map) =>
        Filled(map).Select(member => (member.Key, member.Value));

    private static string? Text(string text) =>
        text.Length == 0 ? null
        : JsonReading.Timestamp(text) is { } moment ? "@" + moment.UtcTicks.ToString(CultureInfo.InvariantCulture)
        : Sized(WithoutNeedlessZeros(text));

    // So that no value can look like two.
    private static string Sized(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");

    private static string Number(string raw) =>
        raw.AsSpan().IndexOfAny('e', 'E') >= 0
        && decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number != 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : raw;

    // 9000.00 is 9000, as a text too: money comes both ways. What is no plain decimal number is left as it is.
    private static string WithoutNeedlessZeros(string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        if (
            point < 1
            || digits[(point + 1)..].IsEmpty
            || digits[..point].ContainsAnyExceptInRange('0', '9')
            || digits[(point + 1)..].ContainsAnyExceptInRange('0', '9')
        )
        {
            return text == "-0" ? "0" : text;
        }

        var shorter = text.TrimEnd('0').TrimEnd('.');
        return shorter == "-0" ? "0" : shorter;
    }
}
