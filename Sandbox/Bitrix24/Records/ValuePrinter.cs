using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>Prints values as the legacy methods do (docs/bitrix24.md, section 6).</summary>
internal sealed class ValuePrinter(Bitrix24PortalOptions options)
{
    /// <summary>The time in the server's zone, by whole seconds: <c>2024-08-30T14:29:00+02:00</c>.</summary>
    public string Moment(DateTimeOffset moment) =>
        moment.ToOffset(options.ServerOffset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    public string Moment(long seconds) => Moment(DateTimeOffset.FromUnixTimeSeconds(seconds));

    /// <returns><see langword="false"/> where the row has no such key: a contact without phones has no PHONE.</returns>
    public bool TryPrint(CrmRecord record, FieldDefinition field, out object? printed)
    {
        var value = record[field];
        printed = field.Kind switch
        {
            FieldKind.Created => Moment(record.Created),
            FieldKind.Modified => Moment(record.Modified),
            FieldKind.Multifield => Multifields(field, value as Multifield[]),
            _ when field.Multiple => Many(field, value as string[] ?? []),
            FieldKind.Moment => Date(value as string),
            _ => value,
        };
        return field.Kind != FieldKind.Multifield || printed is not null;
    }

    /// <summary>A bare date is shown as midnight UTC in the server's zone; anything else as it was written.</summary>
    private string? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var midnight)
            ? Moment(midnight)
            : text;

    private object Many(FieldDefinition field, string[] values)
    {
        if (values.Length == 0)
        {
            return options.EmptyMultipleIsList ? new PhpArray() : false;
        }

        return PhpArray.List(
            values.Select(value =>
                field.Type == "enumeration"
                && options.MultipleValuesAsNumbers
                && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : (object?)value
            )
        );
    }

    private static PhpArray? Multifields(FieldDefinition field, Multifield[]? values) =>
        values is not { Length: > 0 }
            ? null
            : PhpArray.List(
                values.Select(value => new PhpArray
                {
                    ["ID"] = value.Id,
                    ["VALUE_TYPE"] = value.ValueType,
                    ["VALUE"] = value.Value,
                    ["TYPE_ID"] = field.Name,
                })
            );
}
