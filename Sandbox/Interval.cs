using System.Globalization;

namespace B24Otmechalka.Sandbox;

/// <summary>Intervals as people type them.</summary>
internal static class Interval
{
    /// <summary>Reads <c>90s</c>, <c>5m</c>, <c>1h</c> or <c>00:05:00</c>; from one second to one day.</summary>
    public static bool TryParse(string text, out TimeSpan interval)
    {
        interval = Read(text) ?? default;
        return interval >= TimeSpan.FromSeconds(1) && interval <= TimeSpan.FromDays(1);
    }

    private static TimeSpan? Read(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) ? interval : null;
        }

        if (text.Length is < 2 or > 6 || !uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => null,
        };
    }
}
