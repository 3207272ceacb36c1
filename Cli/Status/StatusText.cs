using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Status;

/// <summary>Shows a person how both jobs stand.</summary>
/// <param name="screen">Where.</param>
/// <param name="now">Our clock.</param>
/// <param name="offset">The offset in which our own times are shown, that of the portal's.</param>
internal sealed class StatusText(Screen screen, DateTimeOffset now, TimeSpan offset)
{
    /// <summary>A share of the clients that fit, from which a person should know.</summary>
    private const double ClientsWorthAWarning = 0.9;

    private static readonly string[] Columns =
    [
        "FailingId",
        "FailingWhat",
        "FailingReason",
        "FailingSince",
        "FailingTries",
        "FailingNext",
        "FailingCard",
    ];

    public void Show(ServiceStatus status)
    {
        foreach (var job in status.Jobs)
        {
            Show(job);
        }

        screen.Heading(StatusStrings.Of("Clients"));
        screen.Pairs(
            (
                StatusStrings.Of("KnownClients"),
                new Cell(
                    StatusStrings.Of("KnownOf", status.KnownClients, ServiceStatus.MostClients),
                    status.KnownClients >= ServiceStatus.MostClients * ClientsWorthAWarning ? Tone.Bad : Tone.Plain
                )
            )
        );
    }

    private void Show(JobStatus job)
    {
        screen.Heading(SyncText.Name(job.Job));
        screen.Pairs(
            (
                StatusStrings.Of("Checkpoint"),
                job.State?.Checkpoint is { } checkpoint
                    ? $"{Moment.Text(checkpoint)} ({Moment.Ago(checkpoint, now)})"
                    : StatusStrings.Of("NotRunYet")
            ),
            (StatusStrings.Of("LastCompleted"), job.State?.CompletedAt is { } completed ? Ago(completed) : StatusStrings.Of("Never")),
            (StatusStrings.Of("LastResync"), job.State?.FullResyncAt is { } resync ? Ago(resync) : StatusStrings.Of("Never")),
            (
                StatusStrings.Of("Lock"),
                job.LockedSince is { } since
                    ? new Cell(StatusStrings.Of("LockHeld", Ago(since)), Tone.Caution)
                    : StatusStrings.Of("LockFree")
            ),
            (StatusStrings.Of("Waiting"), Backlog(job)),
            (StatusStrings.Of("Delivered"), Text(job.Delivered)),
            (StatusStrings.Of("StatusesOwed"), job.StatusesOwed == 0 ? "0" : new Cell(Text(job.StatusesOwed), Tone.Caution)),
            (StatusStrings.Of("Queued"), Text(job.Queued)),
            (StatusStrings.Of("Failing"), job.Failing.Count == 0 ? "0" : new Cell(Text(job.Failing.Count), Tone.Bad))
        );
        if (job.Failing.Count > 0)
        {
            screen.Line();
            screen.Table([.. Columns.Select(column => StatusStrings.Of(column))], [.. job.Failing.Select(Row)]);
            screen.Line(new Cell("  " + StatusStrings.Of("FailingHint", "b24sync", JobArguments.Word(job.Job)), Tone.Faint));
        }
    }

    private IReadOnlyList<Cell> Row(FailingRecord record)
    {
        var entry = record.Entry;
        return
        [
            entry.Id,
            Reasons.Of(entry.Outcome) + (entry.WaitsFor is null ? "" : " " + entry.WaitsFor),
            Reasons.Of(entry.Code),
            entry.FailingSince is { } since ? Ours(since) : "",
            entry.Attempts == 0 ? "" : Text(entry.Attempts),
            entry.Forced ? OutputStrings.Of("WithNextRun")
            : entry.NextTry is { } next ? LedgerText.NextTry(next, now)
            : StatusStrings.Of("WhenChanged"),
            record.Link,
        ];
    }

    private static Cell Backlog(JobStatus job) =>
        job switch
        {
            { Backlog.Problem: { } problem } => new Cell(StatusStrings.Of("BacklogUnknown", problem), Tone.Bad),
            { Backlog.IsUpperBound: true } => StatusStrings.Of("BacklogBound", job.Backlog.Count),
            { ConfigurationChanged: true } => StatusStrings.Of("BacklogChanged", job.Backlog.Count),
            _ => string.Create(CultureInfo.InvariantCulture, $"{job.Backlog.Count}"),
        };

    private string Ago(DateTimeOffset moment) => $"{Ours(moment)} ({Moment.Ago(moment, now)})";

    private string Ours(DateTimeOffset moment) => Moment.Text(moment.ToOffset(offset));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
