using System.Globalization;
using System.Text.Json;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// Tells whether an answer with 200 or 201 is a success: only the client or ticket itself is one (docs/spec.md, section 4.2). Taken at its
/// status alone, <c>{}</c>, a page of a proxy or somebody else's record would end as «Успешно» with nothing behind it.
/// </summary>
internal static class AnswerObject
{
    /// <summary>Something that is no answer of the API at all: a page, a text.</summary>
    public const string NoJson = "an answer that is not JSON";

    /// <summary>The API's answer, but without the client or ticket that it was asked for.</summary>
    public const string NotTheObject = "a success without the object";

    /// <summary>
    /// Members by which an object is known to tell an error. One that has them and no <c>origin_id</c> is not the record,
    /// whatever its <c>id</c> numbers.
    /// </summary>
    private static readonly HashSet<string> ErrorMembers = ["error", "errors", "detail"];

    /// <summary>Why the body is not the record with this external ID; <see langword="null"/> when it is.</summary>
    public static string? WhyNot(string body, string originId)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsRecord(document.RootElement, originId) ? null : NotTheObject;
        }
        catch (JsonException)
        {
            // One that breaks off is the API's all the same, and so is an empty one.
            return body.AsSpan().TrimStart() is [] or ['{' or '[', ..] ? NotTheObject : NoJson;
        }
    }

    // A member that occurs twice has to be right both times: nobody knows which one is meant.
    private static bool IsRecord(JsonElement answer, string originId)
    {
        var members = answer.EnumerateObject().Select(member => (Name: ObjectFields.NameOf(member), member.Value)).ToList();
        var ids = members.Where(member => member.Name == "id").ToList();
        var origins = members.Where(member => member.Name == "origin_id").ToList();
        return ids.Count > 0
            && ids.TrueForAll(id => IsId(id.Value))
            && origins.TrueForAll(origin => IsOurs(origin.Value, originId))
            && (origins.Count > 0 || !members.Exists(member => TellsAnError(member.Name, member.Value)));
    }

    /// <summary>A number above zero or a text; 0 is what programs answer that have stored nothing.</summary>
    private static bool IsId(JsonElement id) =>
        id.ValueKind switch
        {
            JsonValueKind.Number => id.GetRawText() is var number
                && number[0] != '-'
                && number.Split('e', 'E')[0].Any(digit => digit is >= '1' and <= '9'),
            JsonValueKind.String => Readable(id) is { } text && text != "0" && text.Any(char.IsLetterOrDigit),
            _ => false,
        };

    /// <summary>The same number or text. One that is there and empty is not ours: then otmechalka did not keep it.</summary>
    private static bool IsOurs(JsonElement origin, string originId) =>
        origin.ValueKind switch
        {
            JsonValueKind.String => Readable(origin) == originId,
            JsonValueKind.Number => origin.GetRawText() == originId
                || (
                    origin.TryGetDecimal(out var number)
                    && decimal.TryParse(originId, NumberStyles.None, CultureInfo.InvariantCulture, out var ours)
                    && number == ours
                ),
            _ => false,
        };

    private static bool TellsAnError(string? name, JsonElement value) =>
        name is "success" or "ok"
            ? value.ValueKind == JsonValueKind.False
            : name is not null
                && ErrorMembers.Contains(name)
                && value.ValueKind switch
                {
                    JsonValueKind.String => Readable(value) != "",
                    JsonValueKind.Object => value.EnumerateObject().Any(),
                    JsonValueKind.Array => value.GetArrayLength() > 0,
                    JsonValueKind.True or JsonValueKind.Number => true,
                    _ => false,
                };

    private static string? Readable(JsonElement text)
    {
        try
        {
            return text.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return null; // half a character
        }
    }
}
