using System.Globalization;

namespace B24Otmechalka.Core.Language;

/// <summary>
/// Formats values as the texts need them: the same in both languages, and a word by its number. Two forms are English (one, other),
/// three are Russian (1 контакт, 2 контакта, 5 контактов).
/// </summary>
internal sealed class PluralFormat : IFormatProvider, ICustomFormatter
{
    private const string Prefix = "n=";

    public static readonly PluralFormat Instance = new();

    public object? GetFormat(Type? formatType) =>
        formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType ?? typeof(NumberFormatInfo));

    public string Format(string? format, object? arg, IFormatProvider? formatProvider) =>
        format?.StartsWith(Prefix, StringComparison.Ordinal) == true
            ? Form(format[Prefix.Length..].Split('|'), Convert.ToInt64(arg, CultureInfo.InvariantCulture))
        : arg is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture)
        : arg?.ToString() ?? "";

    /// <summary>The form that fits the number.</summary>
    internal static string Form(string[] forms, long number) => forms[forms.Length == 2 ? English(number) : Russian(number)];

    private static int English(long number) => number == 1 ? 0 : 1;

    private static int Russian(long number) =>
        (Math.Abs(number) % 100, Math.Abs(number) % 10) switch
        {
            (>= 11 and <= 14, _) => 2,
            (_, 1) => 0,
            (_, >= 2 and <= 4) => 1,
            _ => 2,
        };
}
