using B24Otmechalka.Core.Language;

namespace B24Otmechalka.Cli.Doctor;

/// <summary>The texts of doctor.</summary>
internal static class DoctorStrings
{
    private static readonly TextCatalog Catalog = new(typeof(DoctorStrings));

    /// <inheritdoc cref="TextCatalog.Of"/>
    public static string Of(string key, params ReadOnlySpan<object?> values) => Catalog.Of(key, values);
}
