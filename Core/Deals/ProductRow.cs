using System.Globalization;
using B24Otmechalka.Core.Bitrix24;

namespace B24Otmechalka.Core.Deals;

/// <summary>
/// A product row of a deal. Prices are per unit, in roubles; name, quantity and tax are <see langword="null"/> where absent.
/// </summary>
internal sealed record ProductRow(string? Name, decimal? Quantity, Amount PriceBrutto, Amount DiscountSum, Amount Price, decimal? TaxRate)
{
    /// <summary>Bitrix24 keeps quantities with four decimals; what comes beyond them is noise of its arithmetic.</summary>
    private const int QuantityDecimals = 4;

    public static ProductRow Read(DealRow row) =>
        new(
            row.ProductName,
            Amount.TryParse(row.Quantity, out var quantity) ? decimal.Round(quantity, QuantityDecimals) : null,
            Amount.Read(row.PriceBrutto),
            Amount.Read(row.DiscountSum),
            Amount.Read(row.Price),
            Amount.TryParse(row.TaxRate, out var tax) ? tax : null
        );
}

/// <summary>An amount of money as <c>decimal</c>, from the JSON on: absent, readable or not.</summary>
/// <param name="Value">The roubles, rounded to kopecks; 0 when absent.</param>
/// <param name="IsAbsent">Whether there is none.</param>
/// <param name="IsReadable">Whether it is absent or an amount.</param>
internal readonly record struct Amount(decimal Value, bool IsAbsent, bool IsReadable)
{
    /// <summary>The least difference of two amounts, and the most that Bitrix24's own rounding makes.</summary>
    public const decimal Kopeck = 0.01m;

    /// <summary>More than any price, and little enough to be added up.</summary>
    private const decimal Most = 1_000_000_000_000m;

    /// <summary>
    /// Reads an amount, rounded to kopecks, half away from zero (docs/spec.md, section 5.2): Bitrix24 keeps more decimals (22175.328) and
    /// sends the noise of its floating point (8700.000000000001). A decimal comma is no number: Bitrix24 sends points, and
    /// «9,500» may be either.
    /// </summary>
    public static Amount Read(string? text) =>
        text is null ? new Amount(0, true, true)
        : TryParse(text, out var value) && Math.Abs(value) <= Most ? new Amount(Round(value), false, true)
        : new Amount(0, false, false);

    public static bool TryParse(string? text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>otmechalka's notation: <c>9000.00</c>.</summary>
    public static string Format(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    // A decimal has a negative zero, which would be sent as -0.00.
    private static decimal Round(decimal value) =>
        decimal.Round(value, 2, MidpointRounding.AwayFromZero) is var rounded and not 0 ? rounded : 0;
}
