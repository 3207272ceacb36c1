using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Core.Configuration;

/// <summary>What is wrong or odd with the settings, in words for the operator.</summary>
internal static class ConfigurationStrings
{
    private static readonly TextCatalog Catalog = new(typeof(ConfigurationStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
