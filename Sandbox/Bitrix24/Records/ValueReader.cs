using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>Turns what a call or a test gives for a field into what a record holds.</summary>
internal static class ValueReader
{
    public static object? Read(FieldDefinition field, object? value) =>
        field switch
        {
            { Kind: FieldKind.Multifield } => Multifields(value),
            { Multiple: true } => Many(value).Select(Scalar).OfType<string>().Where(text => text.Length > 0).ToArray(),
            { Type: "boolean" } => Scalar(value) is "1" or "Y" ? "1" : "0",
            _ => Scalar(value),
        };

    /// <summary>
    /// Whether two values are the same to the portal: all empty ones are (docs/bitrix24.md, section 5, «no real value change»).
    /// </summary>
    public static bool Same(object? left, object? right) =>
        (left, right) switch
        {
            (string[] one, string[] other) => one.SequenceEqual(other),
            (Multifield[] one, Multifield[] other) => one.SequenceEqual(other),
            _ => IsEmpty(left) ? IsEmpty(right) : Equals(left, right),
        };

    public static bool IsEmpty(object? value) => value is null or "" or Array { Length: 0 };

    private static IEnumerable<object?> Many(object? value) =>
        value switch
        {
            PhpArray array => array.Values,
            string or null => [value],
            System.Collections.IEnumerable many => many.Cast<object?>(),
            _ => [value],
        };

    private static string? Scalar(object? value) =>
        value switch
        {
            null => null,
            PhpArray => "",
            DateTimeOffset moment => moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => PhpValue.Text(value),
        };

    private static Multifield[] Multifields(object? value) =>
        [
            .. Many(value)
                .Select(item =>
                    item switch
                    {
                        Multifield multifield => multifield,
                        PhpArray map => new Multifield(
                            PhpValue.Text(map["ID"]),
                            PhpValue.Text(map["VALUE_TYPE"]) is { Length: > 0 } type ? type : "WORK",
                            PhpValue.Text(map["VALUE"])
                        ),
                        _ => new Multifield("", "WORK", PhpValue.Text(item)),
                    }
                )
                .Where(item => item.Value.Length > 0 || item.Id.Length > 0),
        ];
}
