using System.Text;
using System.Text.Json;

namespace B24Otmechalka.Core.Configuration;

/// <summary>A value or the beginning of an object or list in a JSON text.</summary>
/// <param name="Segments">The names and places that lead to it; none for the text as a whole.</param>
/// <param name="Value">The text of a value; empty for <c>null</c>, so that an ID that is <c>null</c> is told like an empty one.</param>
/// <param name="Token">What it is.</param>
internal sealed record JsonEntry(IReadOnlyList<string> Segments, string? Value, JsonTokenType Token)
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>All of them, in their order; names that stand twice come twice.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static List<JsonEntry> Read(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, Lenient);
        var entries = new List<JsonEntry>();
        var levels = new Stack<Level>();
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                levels.Pop();
                continue;
            }

            IReadOnlyList<string> segments = levels.TryPeek(out var level) ? [.. level.Segments, level.NextName(name)] : [];
            entries.Add(new JsonEntry(segments, ValueOf(ref reader), reader.TokenType));
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                levels.Push(new Level(segments, reader.TokenType == JsonTokenType.StartArray));
            }
        }

        return entries;
    }

    private static string? ValueOf(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject or JsonTokenType.StartArray => null,
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => "",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };

    private sealed class Level(IReadOnlyList<string> segments, bool isList)
    {
        private int place;

        public IReadOnlyList<string> Segments => segments;

        public string NextName(string name) => isList ? (place++).ToString(System.Globalization.CultureInfo.InvariantCulture) : name;
    }
}
