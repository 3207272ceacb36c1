using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Records;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>One value to compare with, in the forms that comparing needs.</summary>
internal sealed record FilterOperand(string Text, decimal? Number, long? Seconds);

/// <summary>One condition of a filter. All conditions of a filter must hold.</summary>
internal sealed record FilterCondition(
    FieldDefinition Field,
    FilterOperator Operator,
    IReadOnlyList<FilterOperand> Operands,
    TimeSpan ServerOffset
)
{
    /// <summary>Beyond any ID and any time.</summary>
    public const long Limit = 1L << 60;

    private readonly (long Low, long High)? range = RangeOf(Field, Operator, Operands);

    public bool Matches(CrmRecord record) =>
        this.range is { } range
            ? InRange(record, range)
            : Operator switch
            {
                FilterOperator.Equal => AnyEqual(record),
                FilterOperator.NotEqual => !AnyEqual(record),
                FilterOperator.Contains => Values(record).Any(value => Contains(value)),
                FilterOperator.NotContains => !Values(record).Any(value => Contains(value)),
                FilterOperator.Like => Values(record).Any(value => LikePattern.Matches(value, Operands[0].Text)),
                _ => Values(record).Any(value => value.Length > 0 && Ordered(record, value)),
            };

    /// <summary>The inclusive range of keys this condition allows, if it is a plain range or equality of ID or time.</summary>
    public bool TryGetRange(FieldKind kind, out long low, out long high)
    {
        (low, high) = range ?? default;
        return range is not null && Field.Kind == kind;
    }

    private bool InRange(CrmRecord record, (long Low, long High) range)
    {
        var key = Field.Kind switch
        {
            FieldKind.Id => record.Id,
            FieldKind.Created => record.Created,
            _ => record.Modified,
        };
        return key >= range.Low && key <= range.High;
    }

    private static (long Low, long High)? RangeOf(FieldDefinition field, FilterOperator comparison, IReadOnlyList<FilterOperand> operands)
    {
        if (operands.Count != 1)
        {
            return null;
        }

        var key = field.Kind switch
        {
            FieldKind.Id => operands[0].Number is { } number && number == Math.Floor(number) && Math.Abs(number) < Limit
                ? (long)number
                : null,
            FieldKind.Created or FieldKind.Modified => operands[0].Seconds,
            _ => null,
        };
        return (key, comparison) switch
        {
            (null, _) => null,
            ({ } value, FilterOperator.Equal) => (value, value),
            ({ } value, FilterOperator.Greater) => (value + 1, Limit),
            ({ } value, FilterOperator.GreaterOrEqual) => (value, Limit),
            ({ } value, FilterOperator.Less) => (-Limit, value - 1),
            ({ } value, FilterOperator.LessOrEqual) => (-Limit, value),
            _ => null,
        };
    }

    private bool AnyEqual(CrmRecord record)
    {
        var values = Values(record);
        foreach (var operand in Operands)
        {
            if (operand.Text.Length == 0 ? values.All(value => value.Length == 0) : values.Any(value => Equal(record, value, operand)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Equal(CrmRecord record, string value, FilterOperand operand) =>
        Field.Kind switch
        {
            FieldKind.Created or FieldKind.Modified or FieldKind.Moment => Seconds(record, value) == operand.Seconds,
            FieldKind.Id or FieldKind.Number => value == operand.Text || (operand.Number is { } number && Number(value) == number),
            _ => string.Equals(value, operand.Text, StringComparison.OrdinalIgnoreCase),
        };

    private bool Ordered(CrmRecord record, string value)
    {
        var operand = Operands[0];
        var order = Field.Kind switch
        {
            FieldKind.Created or FieldKind.Modified or FieldKind.Moment => Nullable.Compare(Seconds(record, value), operand.Seconds),
            FieldKind.Id or FieldKind.Number => Nullable.Compare(Number(value), operand.Number),
            _ => string.Compare(value, operand.Text, StringComparison.OrdinalIgnoreCase),
        };
        return Operator switch
        {
            FilterOperator.Greater => order > 0,
            FilterOperator.GreaterOrEqual => order >= 0,
            FilterOperator.Less => order < 0,
            _ => order <= 0,
        };
    }

    private bool Contains(string value) => Operands.Any(operand => value.Contains(operand.Text, StringComparison.OrdinalIgnoreCase));

    private long? Seconds(CrmRecord record, string value) =>
        Field.Kind switch
        {
            FieldKind.Created => record.Created,
            FieldKind.Modified => record.Modified,
            _ => ServerDate.Parse(value, ServerOffset),
        };

    private string[] Values(CrmRecord record) =>
        record[Field] switch
        {
            string[] many => many,
            Multifield[] many => [.. many.Select(item => item.Value)],
            string text => [text],
            _ => [""],
        };

    private static decimal? Number(string value) =>
        decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
