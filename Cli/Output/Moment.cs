using System.Globalization;

namespace B24Otmechalka.Cli.Output;

/// <summary>Times as they are printed.</summary>
internal static class Moment
{
    /// <summary>To the second, with its offset as it is.</summary>
    public static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The same, or <see langword="null"/>.</summary>
    public static string? Text(DateTimeOffset? moment) => moment is { } known ? Text(known) : null;

    /// <summary>How long ago it was, in two units at most.</summary>
    public static string Ago(DateTimeOffset moment, DateTimeOffset now)
    {
        var age = now - moment;
        return age < TimeSpan.Zero ? "in " + Span(-age) : Span(age) + " ago";
    }

    private static string Span(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= 1 } => FormattableString.Invariant($"{span.Days} d {span.Hours} h"),
            { TotalHours: >= 1 } => FormattableString.Invariant($"{span.Hours} h {span.Minutes} min"),
            { TotalMinutes: >= 1 } => FormattableString.Invariant($"{span.Minutes} min"),
            _ => FormattableString.Invariant($"{span.Seconds} s"),
        };
}
