using CsCheck;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>A body that is written for the record with a given external ID.</summary>
internal sealed record BodyFor(string Text)
{
    public const string Ours = "%OURS%";

    public string Of(string originId) => Text.Replace(Ours, originId, StringComparison.Ordinal);
}

/// <summary>What may come with 200 or 201 and is not the record: made so that it never is one, whatever the generators fill in.</summary>
internal static class FalseSuccess
{
    private const string Ours = BodyFor.Ours;

    /// <summary>Somebody else's number, and every spelling of none.</summary>
    private static readonly Gen<string> Foreign = JsonGen.Const(
        "\"987654\"",
        "987654",
        "\"0\"",
        "0",
        "\"%OURS%0\"",
        "-%OURS%",
        "%OURS%.5",
        "\"%OURS%.0\"",
        "null",
        "\"\"",
        "false",
        "true",
        "[]",
        "{}",
        "[\"%OURS%\"]"
    );

    private static readonly Gen<string> NoId = JsonGen.Const(
        "null",
        "\"\"",
        "\" \"",
        "\"\\u200b\"",
        "\"\\ud800\"",
        "false",
        "true",
        "[]",
        "{}",
        "[7001]",
        "{\"id\":7001}",
        "0",
        "0.0",
        "0e5",
        "-1",
        "\"0\"",
        "\"-\""
    );

    private static readonly Gen<string> OtherName = JsonGen.Const(
        "ID",
        "Id",
        "pk",
        "uuid",
        "_id",
        "\\u0456d",
        "client_id",
        "last_name",
        "phone",
        "status",
        "message"
    );

    private static readonly Gen<string> Members = JsonGen.Map(OtherName, JsonGen.Any).Select(map => map.Length > 2 ? "," + map[1..^1] : "");

    private static readonly Gen<string> Error = Gen.OneOf(
        JsonGen
            .Const("\"Неверный ключ\"", "{\"code\":17,\"message\":\"limit\"}", "[\"limit\"]", "true", "500")
            .Select(value => $"\"error\":{value}"),
        JsonGen.Const("{\"phone\":[\"Занят\"]}", "[\"x\"]", "\"x\"").Select(value => $"\"errors\":{value}"),
        JsonGen.Const("\"detail\":\"Не найдено.\"", "\"success\":false", "\"ok\":false")
    );

    private static readonly Gen<string> Whole = Members.Select(more => $"{{\"id\":7001,\"origin_id\":\"{Ours}\"{more}}}");

    /// <summary>An answer of the API without the record, as far as can be seen from outside.</summary>
    public static readonly Gen<BodyFor> Json = Gen.OneOf(
            JsonGen.Const(
                "{}",
                "[]",
                "null",
                "true",
                "0",
                "7001",
                "\"OK\"",
                "\"7001\"",
                "",
                " \r\n",
                "[{}]",
                "{\"result\":true}",
                "{\"status\":\"ok\"}"
            ),
            Members.Select(more => $"{{\"origin_id\":\"{Ours}\"{more}}}"),
            Gen.Select(NoId, Members, (id, more) => $"{{\"id\":{id},\"origin_id\":\"{Ours}\"{more}}}"),
            Gen.Select(Foreign, Members, (origin, more) => $"{{\"id\":7001,\"origin_id\":{origin}{more}}}"),
            Gen.Select(Error, Members, (error, more) => $"{{{error}{more}}}"),
            Error.Select(error => $"{{\"id\":1,{error}}}"),
            Gen.Select(
                Whole,
                JsonGen.Const("client", "ticket", "data", "result", "object", "0"),
                (whole, name) => $"{{\"{name}\":{whole}}}"
            ),
            Whole.Select(whole => $"[{whole}]"),
            Whole.Select(whole => $"{{\"count\":1,\"next\":null,\"results\":[{whole}]}}"),
            Gen.Select(NoId, Gen.Bool, (id, first) => first ? $"{{\"id\":{id},\"id\":7001}}" : $"{{\"id\":7001,\"id\":{id}}}"),
            Foreign.Select(origin => $"{{\"id\":7001,\"origin_id\":\"{Ours}\",\"origin_id\":{origin}}}"),
            Gen.Select(Whole, Gen.Int[1, 30], (whole, cut) => whole[..Math.Max(1, whole.Length - cut)]),
            Whole.Select(whole => whole + whole),
            JsonGen.Deep
        )
        .Select(text => new BodyFor(text));

    /// <summary>Also what is no JSON at all.</summary>
    public static readonly Gen<BodyFor> Any = Gen.OneOf(
        Json,
        Json,
        JsonGen
            .Const("OK", "<html><title>Вход</title></html>", "<!doctype html>{\"id\":7001}", "id=7001", "'id'", "NaN", "{id:7001}")
            .Select(text => new BodyFor(text))
    );
}
