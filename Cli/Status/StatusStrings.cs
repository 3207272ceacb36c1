using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Status;

/// <summary>The texts of status.</summary>
internal static class StatusStrings
{
    private static readonly TextCatalog Catalog = new(typeof(StatusStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
