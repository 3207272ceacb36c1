using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>
/// Reads <c>filter</c>. Keys of unknown fields are dropped silently, so the whole table may come back; a time that is
/// garbage drops its condition; a multifield matches exactly only (docs/bitrix24.md, section 4).
/// </summary>
internal static class FilterParser
{
    private static readonly (string Prefix, FilterOperator Operator)[] Prefixes =
    [
        ("!@", FilterOperator.NotEqual),
        ("!=", FilterOperator.NotEqual),
        ("!%", FilterOperator.NotContains),
        (">=", FilterOperator.GreaterOrEqual),
        ("<=", FilterOperator.LessOrEqual),
        ("=%", FilterOperator.Like),
        ("%=", FilterOperator.Like),
        ("!", FilterOperator.NotEqual),
        (">", FilterOperator.Greater),
        ("<", FilterOperator.Less),
        ("=", FilterOperator.Equal),
        ("@", FilterOperator.Equal),
        ("%", FilterOperator.Contains),
        ("", FilterOperator.Equal),
    ];

    public static List<FilterCondition> Parse(PhpArray filter, EntitySchema schema, TimeSpan serverOffset)
    {
        var conditions = new List<FilterCondition>();
        foreach (var (key, value) in filter)
        {
            var (prefix, comparison) = Prefixes.First(candidate => key.StartsWith(candidate.Prefix, StringComparison.Ordinal));
            if (schema.Find(key[prefix.Length..]) is not { } field)
            {
                continue;
            }

            var operands = PhpValue.Many(value).Select(item => Operand(field, item, serverOffset)).ToList();
            var meaningless =
                operands.Count == 0
                || (IsTime(field) && operands.Any(operand => operand.Text.Length > 0 && operand.Seconds is null))
                || (field.Kind == FieldKind.Multifield && comparison != FilterOperator.Equal);
            if (!meaningless)
            {
                conditions.Add(new FilterCondition(field, comparison, operands, serverOffset));
            }
        }

        return conditions;
    }

    private static bool IsTime(FieldDefinition field) => field.Kind is FieldKind.Created or FieldKind.Modified or FieldKind.Moment;

    private static FilterOperand Operand(FieldDefinition field, object? value, TimeSpan serverOffset)
    {
        var text = PhpValue.Text(value);
        return new FilterOperand(
            text,
            decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null,
            IsTime(field) ? ServerDate.Parse(text, serverOffset) : null
        );
    }
}
