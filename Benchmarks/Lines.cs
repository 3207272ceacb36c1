using System.Text.Encodings.Web;
using System.Text.Json;

namespace B24Otmechalka.Benchmarks;

/// <summary>What the processes of a benchmark tell each other: one JSON object on a line.</summary>
internal static class Lines
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("an empty line");
}
