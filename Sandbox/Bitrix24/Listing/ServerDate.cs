using System.Globalization;
using System.Text.RegularExpressions;

namespace B24Otmechalka.Sandbox.Bitrix24.Listing;

/// <summary>
/// The server's reading of a time in a filter (docs/bitrix24.md, section 4): an explicit offset is honoured, none means the server's zone,
/// fractions of a second are ignored, a bare date is midnight, and garbage is nothing.
/// </summary>
internal static partial class ServerDate
{
    /// <returns>Unix seconds, or <see langword="null"/> for garbage.</returns>
    public static long? Parse(string text, TimeSpan serverOffset)
    {
        var match = Iso().Match(text.Trim());
        if (!match.Success)
        {
            match = Local().Match(text.Trim());
        }

        if (!match.Success)
        {
            return null;
        }

        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        try
        {
            var offset = Offset(match.Groups["zone"].Value, serverOffset);
            return new DateTimeOffset(
                Part("year"),
                Part("month"),
                Part("day"),
                Part("hour"),
                Part("minute"),
                Part("second"),
                offset
            ).ToUnixTimeSeconds();
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static TimeSpan Offset(string zone, TimeSpan serverOffset)
    {
        if (zone.Length == 0)
        {
            return serverOffset;
        }

        if (zone is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var offset = new TimeSpan(
            int.Parse(digits[..2], CultureInfo.InvariantCulture),
            int.Parse(digits[2..], CultureInfo.InvariantCulture),
            0
        );
        return zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(
        @"^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?)?"
            + @"\s?(?<zone>[Zz]|[+-]\d\d:?\d\d)?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Iso();

    [GeneratedRegex(
        @"^(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4})(?: (?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))?)?(?<zone>)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Local();
}
