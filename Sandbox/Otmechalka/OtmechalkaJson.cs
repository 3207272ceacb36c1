using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>JSON as otmechalka writes it: compact, Russian letters as they are.</summary>
internal static class OtmechalkaJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(JsonObject value) => value.ToJsonString(Options);
}
