using System.Text.Json;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>One member of a client or ticket as text.</summary>
/// <param name="Name">The API's name.</param>
/// <param name="Values">Its value, or all of a list; none when it is empty.</param>
/// <param name="IsList">Whether it is a list.</param>
public sealed record ObjectField(string Name, IReadOnlyList<string> Values, bool IsList);

/// <summary>A member that otmechalka holds with another value than would be sent.</summary>
/// <param name="Name">The API's name.</param>
/// <param name="Held">What otmechalka holds.</param>
/// <param name="Sent">What would be sent.</param>
public sealed record FieldDifference(string Name, IReadOnlyList<string> Held, IReadOnlyList<string> Sent);

/// <summary>Reads the members of otmechalka's objects and compares what it holds with what would be sent.</summary>
internal static class ObjectFields
{
    /// <summary>A member that every whole client has: an answer without it shows only a part.</summary>
    private const string AlwaysThere = "last_name";

    /// <summary>The members of what would be sent, in its order.</summary>
    public static IReadOnlyList<ObjectField> Of<T>(T body) => Read(OtmechalkaJson.Serialize(body));

    /// <summary>The members of a JSON object.</summary>
    public static IReadOnlyList<ObjectField> Read(string json) => Read(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>
    /// The members that would be sent and that otmechalka holds differently. Lists are compared without their order. What is
    /// not sent is not compared; what an answer in part does not show neither.
    /// </summary>
    public static IReadOnlyList<FieldDifference> Compare(IReadOnlyList<ObjectField> sent, IReadOnlyList<ObjectField> held)
    {
        var byName = held.ToDictionary(field => field.Name);
        var isWhole = byName.ContainsKey(AlwaysThere);
        var differences = new List<FieldDifference>();
        foreach (var field in sent)
        {
            var there = byName.GetValueOrDefault(field.Name);
            if (there is null ? isWhole : !IsSame(field, there))
            {
                differences.Add(new FieldDifference(field.Name, there?.Values ?? [], field.Values));
            }
        }

        return differences;
    }

    private static bool IsSame(ObjectField sent, ObjectField held) =>
        sent.Name == "phone" ? sent.Values.Select(Digits).SequenceEqual(held.Values.Select(Digits))
        : sent.IsList ? sent.Values.ToHashSet().SetEquals(held.Values)
        : sent.Values.SequenceEqual(held.Values);

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    private static List<ObjectField> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Where(member => NameOf(member) is not null)
                .GroupBy(member => member.Name)
                .Select(same => Read(same.Key, same.Last().Value)),
        ];
    }

    /// <summary>The member's name; <see langword="null"/> when it is unreadable, because it holds a lone surrogate.</summary>
    internal static string? NameOf(JsonProperty member)
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

    private static ObjectField Read(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? new ObjectField(name, [.. value.EnumerateArray().Select(Text).OfType<string>()], true)
            : new ObjectField(name, Text(value) is { } text ? [text] : [], false);

    // A reference may come as its ID or as an object with one.
    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => SafeText(value) is { Length: > 0 } text ? text : null,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Object
                when value.EnumerateObject().LastOrDefault(member => NameOf(member) == "id").Value
                    is { ValueKind: not JsonValueKind.Undefined } id => Text(id),
            JsonValueKind.Object or JsonValueKind.Array => value.GetRawText(),
            _ => null,
        };

    private static string? SafeText(JsonElement value)
    {
        try
        {
            return value.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate: unreadable
        }
    }
}
