using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Why;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Status;

/// <summary>Shows a person what fails: first how many for each reason, then each record with its name, its status and its card.</summary>
/// <param name="screen">Where.</param>
/// <param name="cards">The cards, as far as Bitrix24 shows them.</param>
/// <param name="showsAll">Whether all are shown, and not only the oldest.</param>
/// <param name="now">Our clock, with the offset in which times are shown.</param>
internal sealed class FailingText(
    Screen screen,
    IReadOnlyDictionary<(SyncJob Job, string Id), FoundCard> cards,
    bool showsAll,
    DateTimeOffset now
)
{
    /// <summary>What fits a screen or two.</summary>
    private const int MostShown = 20;

    public void Show(JobStatus job)
    {
        if (job.Failing.Count == 0)
        {
            return;
        }

        screen.Line();
        var reasons = job
            .Failing.SelectMany(record => ReasonsOf(job.Job, record))
            .CountBy(reason => reason)
            .OrderByDescending(pair => pair.Value);
        if (job.Failing.Count > 1)
        {
            foreach (var reason in reasons)
            {
                screen.Paragraph($"{reason.Value} × {reason.Key}", "  ");
            }

            screen.Line();
        }

        foreach (var record in job.Failing.Take(showsAll ? int.MaxValue : MostShown))
        {
            Show(job.Job, record);
        }

        if (!showsAll && job.Failing.Count > MostShown)
        {
            screen.Paragraph(new Cell(StatusStrings.Of("MoreFail", job.Failing.Count - MostShown), Tone.Faint), "  ");
        }
    }

    private void Show(SyncJob job, FailingRecord record)
    {
        var card = cards.GetValueOrDefault((job, record.Entry.Id));
        var name = card?.Pupil is { } pupil ? pupil + ", " : "";
        screen.Line(
            new Cell($"  {name}{JobWords.Record(job)} {record.Entry.Id}", Tone.Strong),
            new Cell(" · " + When(record.Entry), Tone.Faint)
        );
        screen.Paragraph(new Cell(card?.Status ?? Reason(record), Tone.Bad), "    ");
        screen.Line(new Cell("    " + record.Link, Tone.Faint));
    }

    /// <summary>Since when, how often, and when again.</summary>
    private string When(LedgerEntry entry)
    {
        var parts = new List<string>();
        if (entry.FailingSince is { } since)
        {
            parts.Add(StatusStrings.Of("Since", StatusStrings.Of("Day", since.ToOffset(now.Offset))));
        }

        parts.Add(
            entry.Forced || entry.NextTry <= now ? StatusStrings.Of("NextRun")
            : entry.NextTry is { } next ? StatusStrings.Of("Again", Moment.Ago(next, now))
            : StatusStrings.Of("WaitsToBeMended")
        );
        return string.Join(", ", parts);
    }

    /// <summary>Each problem of a card by itself, so that «no phone» is counted whatever else is wrong.</summary>
    private IEnumerable<string> ReasonsOf(SyncJob job, FailingRecord record) =>
        record.Entry is { Outcome: RecordOutcome.Invalid, StatusOwed: false }
        && cards.GetValueOrDefault((job, record.Entry.Id))?.Status is { } text
            ? StatusProblems.In(text).DefaultIfEmpty(Reason(record))
            : [Reason(record)];

    // A refusal is told with otmechalka's words, which differ from card to card: it is counted by its code.
    private static string Reason(FailingRecord record) =>
        record.Entry.Outcome == RecordOutcome.Invalid
            ? Reasons.Of(RecordOutcome.Invalid)
            : LedgerText.Outcome(record.Entry.Outcome, record.Entry.Code);
}
