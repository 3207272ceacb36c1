using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Setup;

/// <summary>The texts of setup.</summary>
internal static class SetupStrings
{
    private static readonly TextCatalog Catalog = new(typeof(SetupStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
