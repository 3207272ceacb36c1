using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;

namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// A contact or a deal. A value is <see langword="null"/>, a <see cref="string"/>, a <c>string[]</c> (multiple field) or a
/// <c>Multifield[]</c>; times are whole Unix seconds, the portal's granularity (docs/bitrix24.md, section 4).
/// </summary>
internal sealed class CrmRecord(long id, long created, long modified)
{
    private object?[] values = [];

    public long Id { get; } = id;

    public long Created { get; } = created;

    public long Modified { get; set; } = modified;

    public object? this[FieldDefinition definition] =>
        definition.Kind switch
        {
            FieldKind.Id => Id.ToString(CultureInfo.InvariantCulture),
            FieldKind.Created => Created.ToString(CultureInfo.InvariantCulture),
            FieldKind.Modified => Modified.ToString(CultureInfo.InvariantCulture),
            _ => definition.Slot >= 0 && definition.Slot < values.Length ? values[definition.Slot] : null,
        };

    public void Set(EntitySchema schema, FieldDefinition field, object? value)
    {
        var slot = schema.SlotOf(field);
        if (slot >= values.Length)
        {
            Array.Resize(ref values, slot + 1);
        }

        values[slot] = value;
    }
}
