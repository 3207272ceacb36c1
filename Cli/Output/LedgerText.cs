using System.Globalization;
using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Cli.Output;

/// <summary>What the ledger knows of a record, for a person.</summary>
internal static class LedgerText
{
    /// <summary>One line; times have the offset of <paramref name="now"/>.</summary>
    public static string Of(LedgerEntry entry, DateTimeOffset now)
    {
        var parts = new List<string> { Word(entry.Outcome) + (entry.Code is null ? "" : $" ({entry.Code})") };
        if (entry.FailingSince is { } since)
        {
            parts.Add("since " + Moment.Text(since.ToOffset(now.Offset)));
        }

        if (entry.Attempts > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Attempts} {(entry.Attempts == 1 ? "try" : "tries")}"));
        }

        if (entry.WaitsFor is { } client)
        {
            parts.Add("waits for contact " + client);
        }

        if (entry.NextTry is { } next)
        {
            parts.Add("next try " + NextTry(next, now));
        }

        if (entry.DeliveredAt is { } delivered)
        {
            parts.Add("last taken by otmechalka " + Moment.Ago(delivered, now));
        }

        if (entry.StatusOwed)
        {
            parts.Add("its status is owed");
        }

        if (entry.Forced)
        {
            parts.Add("queued by hand");
        }

        return string.Join(", ", parts);
    }

    /// <summary>When it is tried again.</summary>
    public static string NextTry(DateTimeOffset next, DateTimeOffset now) => next <= now ? "with the next run" : Moment.Ago(next, now);

    /// <summary>What became of it.</summary>
    public static string Word(RecordOutcome outcome) =>
        outcome switch
        {
            RecordOutcome.Queued => "queued",
            RecordOutcome.Delivered => "delivered",
            RecordOutcome.OutOfScope => "out of scope",
            RecordOutcome.Invalid => "breaks the format",
            RecordOutcome.Refused => "refused",
            RecordOutcome.Unclear => "unclear: no answer to a create",
            _ => "waits for its client",
        };
}
