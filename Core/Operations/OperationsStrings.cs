using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Core.Operations;

/// <summary>What the checks, previews and changes of an operator say.</summary>
internal static class OperationsStrings
{
    private static readonly TextCatalog Catalog = new(typeof(OperationsStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
