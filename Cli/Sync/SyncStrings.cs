using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Sync;

/// <summary>The texts of sync.</summary>
internal static class SyncStrings
{
    private static readonly TextCatalog Catalog = new(typeof(SyncStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
