using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Conformance;

/// <summary>
/// The texts of <c>conformance</c>. The report is brought to the meeting with otmechalka's developers, so it says of each fault what was
/// seen, and what would go wrong and for whom.
/// </summary>
internal static class ConformanceStrings
{
    private static readonly TextCatalog Catalog = new(typeof(ConformanceStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);

    /// <summary>What a point of the contract is, by its code.</summary>
    public static string Check(string code) => ConformanceStrings.Of($"Check_{code.Replace('.', '_')}");

    /// <summary>What is not as it should be, by its code.</summary>
    public static string Deviation(string code) => ConformanceStrings.Of($"Deviation_{code}");

    /// <summary>What would go wrong and for whom, or what the product does about it.</summary>
    public static string Meaning(string code) => ConformanceStrings.Of($"Meaning_{code}");
}
