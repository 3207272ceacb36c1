using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Output;

/// <summary>Words and spans of time in several commands' output.</summary>
internal static class OutputStrings
{
    private static readonly TextCatalog Catalog = new(typeof(OutputStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
