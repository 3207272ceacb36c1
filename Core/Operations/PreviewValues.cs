using B24Otmechalka.Core.Bitrix24;

namespace B24Otmechalka.Core.Operations;

/// <summary>Shows the values that a mapping reads, with the labels of Bitrix24.</summary>
internal sealed class PreviewValues(IReadOnlyDictionary<string, FieldDescription>? fields)
{
    /// <summary>The card's columns.</summary>
    public IEnumerable<PreviewValue> Of(Card card, IEnumerable<string> columns) =>
        columns.Distinct().Select(column => new PreviewValue(column, fields?.GetValueOrDefault(column)?.Label, Text(card, column)));

    private string? Text(Card card, string column)
    {
        if (column is "PHONE" or "EMAIL")
        {
            return card.FirstValue(column);
        }

        var items = fields?.GetValueOrDefault(column)?.Items;
        var values = card.References(column)
            .Select(value => items?.GetValueOrDefault(value) is { } label ? $"{value} «{label}»" : value)
            .ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }
}
