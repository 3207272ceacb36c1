using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Turns the bytes of an answer into JSON, tolerant of what surrounds and spoils it and bounded in memory whatever it is: a byte
/// order mark and blanks before it are skipped, what follows it is ignored, bytes that are no UTF-8 become replacement
/// characters, and an answer of more values than any real one has is refused before it is built.
/// </summary>
internal static class AnswerJson
{
    /// <summary>2,500 cards with all their fields have half as many. Each costs twelve bytes beside its text.</summary>
    public const int MostValues = 1_000_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>The object in these bytes; <see langword="null"/> when they hold no JSON object.</summary>
    /// <param name="body">The bytes, which the document goes on using.</param>
    /// <exception cref="UnavailableException">The answer is larger than it can be.</exception>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        while (body.Span.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        var text = Utf8.IsValid(body.Span) ? body : Repair(body.Span);
        try
        {
            return Extent(text.Span) is { } extent ? JsonDocument.Parse(text[extent]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where the object begins and ends, found without building it.</summary>
    private static Range? Extent(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        for (var values = 1; reader.CurrentDepth > 0 || reader.TokenType != JsonTokenType.EndObject; values++)
        {
            if (values > MostValues)
            {
                throw TooLarge();
            }

            reader.Read();
        }

        return start..(int)reader.BytesConsumed;
    }

    // Read twice, so that exactly what is needed is allocated: a bad byte becomes three.
    private static ReadOnlyMemory<byte> Repair(ReadOnlySpan<byte> body)
    {
        var length = Repair(body, []);
        if (length > AnswerLimits.Bitrix24) // also after the repair of its text
        {
            throw TooLarge();
        }

        var repaired = new byte[length];
        Repair(body, repaired);
        return repaired;
    }

    private static int Repair(ReadOnlySpan<byte> body, Span<byte> repaired)
    {
        var length = 0;
        while (!body.IsEmpty)
        {
            var isGood = Rune.DecodeFromUtf8(body, out _, out var consumed) == System.Buffers.OperationStatus.Done;
            var piece = isGood ? body[..consumed] : Replacement;
            if (!repaired.IsEmpty)
            {
                piece.CopyTo(repaired[length..]);
            }

            length += piece.Length;
            body = body[consumed..];
        }

        return length;
    }

    private static UnavailableException TooLarge() => new(RequestMeter.Bitrix24, UnavailableException.TooLarge);
}
