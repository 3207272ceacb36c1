using System.Text.Encodings.Web;
using System.Text.Json;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>The worked examples of the specification, as they were given (<c>Responses/examples.json</c>).</summary>
internal static class Examples
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<JsonElement> Contacts => [.. Read().GetProperty("contacts").EnumerateArray()];

    public static JsonElement Deal => Read().GetProperty("deals")[0];

    /// <summary>The same JSON on one line, members in the same order.</summary>
    public static string OneLine(this JsonElement element) => JsonSerializer.Serialize(element, Compact);

    /// <summary>An answer of Bitrix24 that holds exactly this result.</summary>
    public static string Answer(string result) =>
        $$$"""{"result":{{{result}}},"total":0,"time":{"start":1608886800.5,"finish":1608886800.6,"duration":0.1"""
        + $$$""","date_start":"2020-12-25T12:00:00+03:00","date_finish":"2020-12-25T12:00:00+03:00"}}""";

    private static JsonElement Read()
    {
        using var stream =
            typeof(Examples).Assembly.GetManifestResourceStream("examples.json")
            ?? throw new InvalidOperationException("The examples are not embedded.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
