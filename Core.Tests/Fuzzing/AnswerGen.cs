using System.Text;
using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>Whole answers of the two CRMs and of what stands before them.</summary>
internal static class AnswerGen
{
    private static readonly Gen<string> Html = Gen.OneOf(
        JsonGen.Const(
            "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr>nginx</body></html>",
            "<!DOCTYPE html><p>",
            "<title></title>",
            "<h1>Ошибка"
        ),
        Gen.Select(
            Choice.Of("<script>", "<style", "<div ", "<p>", "<", "</script", "&#xD800;", "&#0;", "&lt;"),
            Gen.Int[1, 3000],
            (tag, times) => "<html>" + string.Concat(Enumerable.Repeat(tag, times))
        )
    );

    private static readonly Gen<byte[]> Noise = Gen.OneOf(
        Gen.Byte.Array[0, 40],
        Choice.Of<byte[]>(
            [],
            [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
            [0xFF, 0xFE, (byte)'{', 0],
            [0xC0, 0x80],
            [(byte)'"', 0xD0, (byte)'"']
        )
    );

    /// <summary>The body is cut anywhere, or something is put into it.</summary>
    public static Gen<byte[]> Bytes(Gen<string> json) =>
        Gen.Frequency(
            (14, json.Select(Encoding.UTF8.GetBytes)),
            (
                2,
                Gen.Select(
                    json,
                    Gen.Int[0, 400],
                    (text, at) => Encoding.UTF8.GetBytes(text)[..Math.Min(at, Encoding.UTF8.GetByteCount(text))]
                )
            ),
            (1, Gen.Select(json, Gen.Int[0, 200], Noise, Insert)),
            (1, Html.Select(Encoding.UTF8.GetBytes)),
            (1, JsonGen.Deep.Select(Encoding.UTF8.GetBytes)),
            (1, JsonGen.Inside.Select(Encoding.UTF8.GetBytes)),
            (1, Noise)
        );

    public static Gen<CannedAnswer> Any(Gen<string> json, params int[] usual) =>
        Gen.Select(
            Gen.Frequency(
                (6, Choice.Of(usual)),
                (
                    1,
                    Choice.Of(
                        100,
                        201,
                        202,
                        204,
                        206,
                        301,
                        302,
                        304,
                        400,
                        401,
                        402,
                        403,
                        404,
                        405,
                        408,
                        409,
                        410,
                        413,
                        418,
                        422,
                        429,
                        451,
                        500,
                        501,
                        502,
                        503,
                        504,
                        520,
                        599
                    )
                )
            ),
            Bytes(json),
            Gen.Frequency(
                (5, Gen.Const("application/json; charset=utf-8")),
                (1, Choice.Of("text/html", "", "application/json; charset=klingon", "text/plain; charset=windows-1251", ";;;"))
            ),
            (status, body, type) => new CannedAnswer(status, body, type)
        );

    /// <summary>The <c>time</c> member.</summary>
    public static readonly Gen<string> Time = JsonGen.Field(
        JsonGen.Object(
            ("start", JsonGen.Field(JsonGen.Const("1608886800.5", "1608886800"))),
            ("finish", JsonGen.Field(JsonGen.Const("1608886800.6"))),
            ("duration", JsonGen.Field(JsonGen.Const("0.1", "\"0.2\""))),
            ("date_start", JsonGen.Field(FieldGen.Moment)),
            ("operating", JsonGen.Field(JsonGen.Number)),
            ("operating_reset_at", JsonGen.Field(JsonGen.Const("1608887400")))
        )
    );

    private static readonly Gen<string> Code = JsonGen.Field(
        JsonGen.Const(
            "\"\"",
            "\"QUERY_LIMIT_EXCEEDED\"",
            "\"OPERATION_TIME_LIMIT\"",
            "\"NO_AUTH_FOUND\"",
            "\"expired_token\"",
            "\"ACCESS_DENIED\"",
            "\"ERROR_CORE\"",
            "\"NOT_FOUND\"",
            "\"INTERNAL_SERVER_ERROR\"",
            "100"
        )
    );

    /// <summary>An error, of a request or in <c>result_error</c>.</summary>
    public static readonly Gen<string> Error = Gen.Frequency(
        (6, JsonGen.Object(("error", Code), ("error_description", JsonGen.Field(JsonGen.Text)))),
        (1, Code.Select(code => $$$"""{"error":{"code":{{{code}}},"message":"Not found"}}""")),
        (1, JsonGen.Any),
        (1, JsonGen.Text)
    );

    /// <summary>An answer that is a success of this kind, an error, or neither.</summary>
    public static Gen<string> Envelope(Gen<string> result) =>
        Gen.Frequency(
            (
                8,
                JsonGen.Object(
                    ("result", result),
                    ("total", JsonGen.Field(JsonGen.Const("0", "1", "\"120\"", "2500", "100000", "999999999", "2147483647"))),
                    ("next", JsonGen.Field(JsonGen.Const("50"))),
                    ("time", Time)
                )
            ),
            (2, Error),
            (1, JsonGen.Any)
        );

    /// <summary>The five maps of a batch's answer.</summary>
    public static Gen<string> Batch(Gen<string> result) =>
        JsonGen.Object(
            ("result", CommandMap(result)),
            ("result_error", Gen.Frequency((3, JsonGen.Const("[]", "{}")), (2, CommandMap(Error)))),
            ("result_total", JsonGen.Field(CommandMap(JsonGen.Number))),
            ("result_next", JsonGen.Field(CommandMap(JsonGen.Number))),
            ("result_time", JsonGen.Field(CommandMap(Time)))
        );

    private static Gen<string> CommandMap(Gen<string> value) =>
        Gen.Frequency(
            (8, JsonGen.Object(("c0", value), ("c1", value), ("c2", value))),
            (2, JsonGen.Map(JsonGen.Const("c0", "c1", "c2", "c00", "0", "1"), value)),
            (1, JsonGen.List(value)),
            (1, value.Array[3].Select(three => "[" + string.Join(',', three) + "]")),
            (1, JsonGen.Any)
        );

    /// <summary>The same answers, some of them behind a byte order mark or with bytes that are no UTF-8.</summary>
    public static Gen<CannedAnswer> Encoded(Gen<CannedAnswer> answer) =>
        Gen.Frequency(
            (8, answer),
            (1, answer.Select(one => one with { Body = [0xEF, 0xBB, 0xBF, .. one.Body] })),
            (1, Gen.Select(answer, Gen.Int[1, 400], (one, step) => one with { Body = Spoilt([.. one.Body], step) }))
        );

    // Every so many bytes one that is no UTF-8.
    private static byte[] Spoilt(byte[] bytes, int step)
    {
        for (var i = step; i < bytes.Length; i += step)
        {
            bytes[i] = bytes[i] is >= (byte)'a' and <= (byte)'z' or >= 0x80 ? (byte)0xFF : bytes[i];
        }

        return bytes;
    }

    private static byte[] Insert(string text, int at, byte[] noise)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        at = Math.Min(at, bytes.Length);
        return [.. bytes[..at], .. noise, .. bytes[at..]];
    }
}
