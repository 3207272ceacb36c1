namespace B24Otmechalka.Sandbox.Bitrix24.Records;

/// <summary>
/// A product row of a deal; all prices are per unit (docs/bitrix24.md, section 7). <paramref name="Brutto"/> is the price before, and
/// <paramref name="Price"/> the one after the discount. A <see langword="null"/> <paramref name="Discount"/> leaves
/// DISCOUNT_SUM out of the answer.
/// </summary>
internal sealed record ProductRow(string Name, decimal Price, decimal Brutto, decimal? Discount = null)
{
    public long Id { get; init; }

    public long ProductId { get; init; } = 60130;

    public decimal Quantity { get; init; } = 1;

    /// <summary>1 absolute, 2 percent.</summary>
    public int DiscountType { get; init; } = 1;

    /// <summary>Percent; <see langword="null"/> where the row has no tax.</summary>
    public decimal? TaxRate { get; init; } = 0;

    public bool TaxIncluded { get; init; }
}
