using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Preview;

/// <summary>The texts of preview.</summary>
internal static class PreviewStrings
{
    private static readonly TextCatalog Catalog = new(typeof(PreviewStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
