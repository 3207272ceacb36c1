using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>
/// Which fields a row shows (docs/bitrix24.md, section 4): <c>*</c> all plain ones, <c>UF_*</c> the user fields; PHONE and EMAIL only by
/// name; ID always; unknown names are dropped; nothing selected means both masks.
/// </summary>
internal static class SelectMask
{
    public static List<FieldDefinition> Read(PhpArray select, EntitySchema schema, bool masksOmitMultiple)
    {
        var names = select.Values.Select(PhpValue.Text).ToHashSet(StringComparer.Ordinal);
        var (plain, user) = names.Count == 0 ? (true, true) : (names.Contains("*"), names.Contains("UF_*"));
        return
        [
            .. schema.Fields.Where(field =>
                field.Kind == FieldKind.Id
                || names.Contains(field.Name)
                || (field.Kind != FieldKind.Multifield && (field.Dynamic ? user && !(masksOmitMultiple && field.Multiple) : plain))
            ),
        ];
    }
}
