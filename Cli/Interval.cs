using System.CommandLine.Parsing;
using System.Globalization;

namespace B24Otmechalka.Cli;

/// <summary>A time span as people type it: <c>30s</c>, <c>5m</c>, <c>2h</c>, or <c>00:05:00</c>.</summary>
internal static class Interval
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>Reads an option's value; one second to one day.</summary>
    public static TimeSpan? Parse(ArgumentResult result)
    {
        if (result.Tokens.Count == 1 && TryParse(result.Tokens[0].Value, out var interval) && interval >= Least && interval <= Most)
        {
            return interval;
        }

        result.AddError(Sync.SyncStrings.Of("WatchExpected"));
        return null;
    }

    private static bool TryParse(string text, out TimeSpan interval)
    {
        interval = default;
        var unit =
            text.Length < 2
                ? default
                : char.ToLowerInvariant(text[^1]) switch
                {
                    's' => TimeSpan.FromSeconds(1),
                    'm' => TimeSpan.FromMinutes(1),
                    'h' => TimeSpan.FromHours(1),
                    _ => TimeSpan.Zero,
                };
        if (unit == TimeSpan.Zero)
        {
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out interval);
        }

        if (!double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count > 86_400)
        {
            return false;
        }

        interval = unit * count;
        return true;
    }
}
