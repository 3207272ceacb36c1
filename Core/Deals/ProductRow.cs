using System.Globalization;
using B24Otmechalka.Core.Bitrix24;

namespace B24Otmechalka.Core.Deals;

/// <summary>A product row of a deal. Prices are per unit, in roubles; <see langword="null"/> where absent.</summary>
internal sealed record ProductRow(
    string? Name, decimal? Quantity, Amount PriceBrutto, Amount DiscountSum, Amount Price, decimal? TaxRate)
{
    public static ProductRow Read(DealRow row) => new(
        row.ProductName,
        Amount.TryParse(row.Quantity, out var quantity) ? quantity : null,
        Amount.Read(row.PriceBrutto),
        Amount.Read(row.DiscountSum),
        Amount.Read(row.Price),
        Amount.TryParse(row.TaxRate, out var tax) ? tax : null);
}

/// <summary>An amount of money as <c>decimal</c>, from the JSON on: absent, readable or not.</summary>
/// <param name="Value">The roubles; 0 when absent.</param>
/// <param name="IsAbsent">Whether there is none.</param>
/// <param name="IsWhole">Whether it is readable and has at most two decimals.</param>
internal readonly record struct Amount(decimal Value, bool IsAbsent, bool IsWhole)
{
    /// <summary>More than any price, and little enough to be added up.</summary>
    private const decimal Most = 1_000_000_000_000m;

    public static Amount Read(string? text) => text is null
        ? new Amount(0, true, true)
        : TryParse(text, out var value) && Math.Abs(value) <= Most ? new Amount(value, false, decimal.Round(value, 2) == value) : new Amount(0, false, false);

    public static bool TryParse(string? text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>otmechalka's notation: <c>9000.00</c>.</summary>
    public static string Format(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
