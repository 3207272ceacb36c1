using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Deals;

/// <summary>The three amounts of a ticket, from the product row (docs/spec.md, section 5.2).</summary>
internal static class DealPrices
{
    /// <summary>
    /// Initial price, discount and final price, which add up; when something was noted as wrong, they are not used. An initial price that
    /// is absent or 0 is the final price and the discount together. The ticket's discount is always the difference of the prices. The row's
    /// own may be off by a kopeck, because its amounts are rounded before they come here: that is no manager's mistake. With a tax it may
    /// differ by any amount, because it is net of the tax and the prices are not.
    /// </summary>
    public static (decimal Initial, decimal Discount, decimal Final) Of(ProductRow row, ProblemList problems)
    {
        if (row.Price.IsAbsent)
        {
            problems.Missing(DealTexts.Price);
            return default;
        }

        var hasBrutto = row.PriceBrutto.Value != 0 || !row.PriceBrutto.IsReadable;
        var hasTax = row.TaxRate > 0; // docs/bitrix24.md, section 7
        var needsDiscount = !hasBrutto || !hasTax;
        if (!row.PriceBrutto.IsReadable || !row.Price.IsReadable || (needsDiscount && !row.DiscountSum.IsReadable))
        {
            problems.Wrong(DealTexts.PriceFormat);
            return default;
        }

        var initial = hasBrutto ? row.PriceBrutto.Value : row.Price.Value + row.DiscountSum.Value;
        var difference = initial - row.Price.Value;
        var isExplained = hasTax || Math.Abs(row.DiscountSum.Value - difference) <= Amount.Kopeck;
        if (initial < 0 || row.Price.Value < 0 || (isExplained ? difference : row.DiscountSum.Value) < 0)
        {
            problems.Wrong(DealTexts.NegativePrice);
        }
        else if (!isExplained)
        {
            problems.Wrong(DealTexts.PriceSum);
        }

        return (initial, difference, row.Price.Value);
    }
}
