using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>The JSON that is sent, and the fingerprint by which it is known again.</summary>
internal static class OtmechalkaJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Serialize<T>(T body) => JsonSerializer.SerializeToUtf8Bytes(body, Options);

    /// <summary>
    /// A hash of the body: 128 bits of SHA-256, 32 hexadecimal digits. Tells whether it was sent before, not what it was.
    /// </summary>
    public static string Hash<T>(T body) => Convert.ToHexString(SHA256.HashData(Serialize(body)), 0, 16);
}
