using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Why;

/// <summary>The texts of why.</summary>
internal static class WhyStrings
{
    private static readonly TextCatalog Catalog = new(typeof(WhyStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
