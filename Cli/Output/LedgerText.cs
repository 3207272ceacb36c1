using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Output;

/// <summary>What the ledger knows of a record, for a person.</summary>
internal static class LedgerText
{
    /// <summary>One line; times have the offset of <paramref name="now"/>.</summary>
    public static string Of(LedgerEntry entry, DateTimeOffset now)
    {
        var parts = new List<string> { Outcome(entry.Outcome, entry.Code) };
        if (entry.FailingSince is { } since)
        {
            parts.Add(OutputStrings.Of("Since", Moment.Text(since.ToOffset(now.Offset))));
        }

        if (entry.Attempts > 0)
        {
            parts.Add(OutputStrings.Of("Tries", entry.Attempts));
        }

        if (entry.WaitsFor is { } client)
        {
            parts.Add(OutputStrings.Of("WaitsForContact", client));
        }

        if (entry.NextTry is { } next)
        {
            parts.Add(OutputStrings.Of("NextTry", NextTry(next, now)));
        }

        if (entry.DeliveredAt is { } delivered)
        {
            parts.Add(OutputStrings.Of("LastTaken", Moment.Ago(delivered, now)));
        }

        if (entry.StatusOwed)
        {
            parts.Add(OutputStrings.Of("StatusOwed"));
        }

        if (entry.Forced)
        {
            parts.Add(OutputStrings.Of("Queued"));
        }

        return string.Join(", ", parts);
    }

    /// <summary>When it is tried again.</summary>
    public static string NextTry(DateTimeOffset next, DateTimeOffset now) =>
        next <= now ? OutputStrings.Of("WithNextRun") : Moment.Ago(next, now);

    /// <summary>What became of it, and why where it failed.</summary>
    public static string Outcome(RecordOutcome outcome, string? code) =>
        code is null ? Reasons.Of(outcome) : OutputStrings.Of("WithReason", Reasons.Of(outcome), Reasons.Of(code));
}
