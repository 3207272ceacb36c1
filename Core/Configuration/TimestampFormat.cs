using System.Globalization;

namespace B24Otmechalka.Core.Configuration;

/// <summary>Timestamps as people type them.</summary>
public static class TimestampFormat
{
    private static readonly string[] Local =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd HH:mm",
        "d.M.yyyy",
        "d.M.yyyy H:mm",
        "d.M.yyyy H:mm:ss",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];
    private static readonly string[] Absolute =
    [
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>Reads a timestamp; one without an offset is in <paramref name="zone"/>.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset timestamp)
    {
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            // The first and the last day there is may lie outside of what has a universal time.
            var offset = zone.GetUtcOffset(local);
            var universal = local.Ticks - offset.Ticks;
            var fits = universal >= DateTime.MinValue.Ticks && universal <= DateTime.MaxValue.Ticks;
            timestamp = fits ? new DateTimeOffset(local, offset) : default;
            return fits;
        }

        return DateTimeOffset.TryParseExact(text, Absolute, CultureInfo.InvariantCulture, DateTimeStyles.None, out timestamp);
    }

    /// <summary>Reads a timestamp; one without an offset is Moscow time (docs/spec.md, section 3).</summary>
    public static bool TryParse(string text, out DateTimeOffset timestamp) =>
        TryParse(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"), out timestamp);
}
