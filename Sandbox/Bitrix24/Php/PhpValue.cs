using System.Globalization;

namespace B24Otmechalka.Sandbox.Bitrix24.Php;

/// <summary>PHP's conversions between scalars, as far as parameters of a call need them.</summary>
internal static class PhpValue
{
    public static string Text(object? value) =>
        value switch
        {
            null or false => "",
            true => "1",
            string text => text,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => "Array",
        };

    /// <summary>What an integer parameter means; text that is no whole number is <see langword="null"/>.</summary>
    public static long? Integer(object? value) =>
        long.TryParse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool Truth(object? value) =>
        value switch
        {
            PhpArray array => array.Count > 0,
            _ => Text(value) is not ("" or "0"),
        };

    /// <summary>The single value as a list of one, a list as its members.</summary>
    public static IEnumerable<object?> Many(object? value) => value is PhpArray array ? array.Values : [value];
}
