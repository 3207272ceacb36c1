using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli;

/// <summary>The texts of the command line that no single command has to itself.</summary>
internal static class CliStrings
{
    private static readonly TextCatalog Catalog = new(typeof(CliStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
