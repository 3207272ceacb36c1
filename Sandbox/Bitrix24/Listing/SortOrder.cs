using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>The order of a list by one or several keys; the default is ID ascending (docs/bitrix24.md, section 4).</summary>
internal sealed class SortOrder : IComparer<CrmRecord>
{
    private readonly List<(FieldDefinition Field, int Sign)> keys = [];

    public SortOrder(PhpArray order, EntitySchema schema)
    {
        foreach (var (name, direction) in order)
        {
            if (schema.Find(name) is { } field && field.Kind != FieldKind.Multifield && !field.Multiple)
            {
                keys.Add((field, string.Equals(PhpValue.Text(direction), "DESC", StringComparison.OrdinalIgnoreCase) ? -1 : 1));
            }
        }

        if (keys.Count == 0)
        {
            keys.Add((schema.Get("ID"), 1));
        }
    }

    /// <summary>The index that holds the records in this very order, perhaps backwards.</summary>
    public FieldKind? NaturalIndex =>
        keys switch
        {
            [({ Kind: FieldKind.Id }, _), ..] => FieldKind.Id,
            [({ Kind: FieldKind.Modified }, 1)] => FieldKind.Modified,
            [({ Kind: FieldKind.Modified }, var first), ({ Kind: FieldKind.Id }, var second), ..] when first == second =>
                FieldKind.Modified,
            _ => null,
        };

    public bool Descending => keys[0].Sign < 0;

    /// <summary>Rows that all keys leave equal come by ID, so that pages are stable.</summary>
    public int Compare(CrmRecord? x, CrmRecord? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        foreach (var (field, sign) in keys)
        {
            var order = Compare(field, x, y);
            if (order != 0)
            {
                return sign * order;
            }
        }

        return x.Id.CompareTo(y.Id);
    }

    private static int Compare(FieldDefinition field, CrmRecord x, CrmRecord y) =>
        field.Kind switch
        {
            FieldKind.Id => x.Id.CompareTo(y.Id),
            FieldKind.Created => x.Created.CompareTo(y.Created),
            FieldKind.Modified => x.Modified.CompareTo(y.Modified),
            FieldKind.Number => Nullable.Compare(Number(x[field]), Number(y[field])),
            _ => string.Compare(x[field] as string ?? "", y[field] as string ?? "", StringComparison.OrdinalIgnoreCase),
        };

    private static decimal? Number(object? value) =>
        decimal.TryParse(value as string, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
