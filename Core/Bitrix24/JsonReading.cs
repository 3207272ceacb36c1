using System.Globalization;
using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Tolerant reading of PHP's JSON: an empty value is <c>null</c>, <c>""</c>, <c>false</c>, <c>[]</c>, <c>{}</c> or missing;
/// numbers come as strings and the reverse; a map with keys 0, 1, 2… comes as a list (facts, sections 6 and 9).
/// </summary>
internal static class JsonReading
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

    /// <summary>The scalar as text, trimmed; <see langword="null"/> when it is empty in any spelling.</summary>
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
        text = text?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>The filled-in values of a multiple field; a lone scalar counts as one value.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => [.. element.EnumerateArray().Select(Text).OfType<string>()],
        JsonValueKind.Object => [.. element.EnumerateObject().Select(member => member.Value.Text()).OfType<string>()],
        _ => element.Text() is { } one ? [one] : [],
    };

    public static double? Number(this JsonElement element) =>
        double.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A number of rows; <see langword="null"/> when it cannot be one: no portal holds a billion.</summary>
    public static int? Count(this JsonElement element) => element.Number() is >= 0 and < 1e9 and var count ? (int)count : null;

    /// <summary>A timestamp with an explicit offset.</summary>
    public static DateTimeOffset? Timestamp(this JsonElement element) =>
        DateTimeOffset.TryParse(element.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp) ? timestamp : null;

    /// <summary>A PHP list: a JSON array, or a JSON object whose keys do not matter.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Object => element.EnumerateObject().Select(member => member.Value),
        _ => [],
    };

    // A lone surrogate (\ud800) makes GetString throw: such a text is unreadable, not a reason to stop.
    private static string? SafeString(this JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
