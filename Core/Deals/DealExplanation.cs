using System.Globalization;

namespace B24Otmechalka.Core.Deals;

/// <summary>Shows an operator what a deal's mapping reads beside its card.</summary>
internal static class DealExplanation
{
    /// <summary>A line for each product row, and the seller.</summary>
    public static IEnumerable<(string Name, string? Value)> Of(DealDetails details) =>
        [
            .. details.Rows.Select(row =>
                (
                    "product row",
                    (string?)
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{row.Name} × {row.Quantity}: PRICE_BRUTTO {Text(row.PriceBrutto)}, DISCOUNT_SUM "
                                + $"{Text(row.DiscountSum)}, PRICE {Text(row.Price)}, TAX_RATE "
                                + $"{row.TaxRate?.ToString(CultureInfo.InvariantCulture) ?? "absent"}"
                        )
                )
            ),
            ("seller", details.Seller),
        ];

    private static string Text(Amount amount) =>
        amount switch
        {
            { IsAbsent: true } => "absent",
            { IsReadable: false } => "unreadable",
            _ => Amount.Format(amount.Value),
        };
}
