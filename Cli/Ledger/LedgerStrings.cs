using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Ledger;

/// <summary>The texts of retry and rewind.</summary>
internal static class LedgerStrings
{
    private static readonly TextCatalog Catalog = new(typeof(LedgerStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
