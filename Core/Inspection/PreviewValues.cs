using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Deals;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Shows the values that a mapping reads, with the labels of Bitrix24.</summary>
internal sealed class PreviewValues(IReadOnlyDictionary<string, FieldDescription>? fields)
{
    /// <summary>The card's columns.</summary>
    public IEnumerable<PreviewValue> Of(Card card, IEnumerable<string> columns) =>
        columns.Distinct().Select(column => new PreviewValue(column, fields?.GetValueOrDefault(column)?.Label, Text(card, column)));

    /// <summary>A deal's product rows and seller.</summary>
    public static IEnumerable<PreviewValue> Of(DealDetails details)
    {
        foreach (var row in details.Rows)
        {
            yield return new PreviewValue("product row", null, string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name} × {row.Quantity}: PRICE_BRUTTO {Text(row.PriceBrutto)}, DISCOUNT_SUM {Text(row.DiscountSum)}, PRICE {Text(row.Price)}, TAX_RATE {row.TaxRate?.ToString(CultureInfo.InvariantCulture) ?? "absent"}"));
        }

        yield return new PreviewValue("seller", null, details.Seller);
    }

    private string? Text(Card card, string column)
    {
        if (column is "PHONE" or "EMAIL")
        {
            return card.FirstValue(column);
        }

        var items = fields?.GetValueOrDefault(column)?.Items;
        var values = card.References(column).Select(value => items?.GetValueOrDefault(value) is { } label ? $"{value} «{label}»" : value).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    private static string Text(Amount amount) => amount switch
    {
        { IsAbsent: true } => "absent",
        { IsReadable: false } => "unreadable",
        _ => Amount.Format(amount.Value),
    };
}
