using System.Globalization;

namespace B24Otmechalka.Cli.Output;

/// <summary>Times as they are printed.</summary>
internal static class Moment
{
    /// <summary>To the second, with its offset as it is.</summary>
    public static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The same, or <see langword="null"/>.</summary>
    public static string? Text(DateTimeOffset? moment) => moment is { } known ? Text(known) : null;

    /// <summary>The time of day, in its offset.</summary>
    public static string Time(DateTimeOffset moment) => moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long ago it was, in two units at most.</summary>
    public static string Ago(DateTimeOffset moment, DateTimeOffset now)
    {
        var age = now - moment;
        return age < TimeSpan.Zero ? OutputStrings.Of("In", Span(-age)) : OutputStrings.Of("Ago", Span(age));
    }

    private static string Span(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= 1 } => OutputStrings.Of("DaysHours", span.Days, span.Hours),
            { TotalHours: >= 1 } => OutputStrings.Of("HoursMinutes", span.Hours, span.Minutes),
            { TotalMinutes: >= 1 } => OutputStrings.Of("Minutes", span.Minutes),
            _ => OutputStrings.Of("Seconds", span.Seconds),
        };
}
