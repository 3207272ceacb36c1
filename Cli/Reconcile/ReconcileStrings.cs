using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Reconcile;

/// <summary>The texts of reconcile.</summary>
internal static class ReconcileStrings
{
    private static readonly TextCatalog Catalog = new(typeof(ReconcileStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
