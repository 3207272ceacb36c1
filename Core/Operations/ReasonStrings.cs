using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Core.Operations;

/// <summary>Codes of the ledger, of answers and of failures, each as a sentence.</summary>
internal static class ReasonStrings
{
    private static readonly TextCatalog Catalog = new(typeof(ReasonStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
