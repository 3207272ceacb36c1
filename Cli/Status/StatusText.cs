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

    public void Show(ServiceStatus status)
    {
        foreach (var job in status.Jobs)
        {
            Show(job);
        }

        screen.Heading("Clients");
        screen.Pairs(
            (
                "known in otmechalka",
                new Cell(
                    string.Create(CultureInfo.InvariantCulture, $"{status.KnownClients} of {ServiceStatus.MostClients}"),
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
                "checkpoint",
                job.State?.Checkpoint is { } checkpoint
                    ? $"{Moment.Text(checkpoint)} ({Moment.Ago(checkpoint, now)})"
                    : "none: it has not run yet"
            ),
            ("last run completed", job.State?.CompletedAt is { } completed ? $"{Ours(completed)} ({Moment.Ago(completed, now)})" : "never"),
            ("last full resync", job.State?.FullResyncAt is { } resync ? $"{Ours(resync)} ({Moment.Ago(resync, now)})" : "never"),
            (
                "lock",
                job.LockedSince is { } since ? new Cell($"held since {Ours(since)} ({Moment.Ago(since, now)})", Tone.Caution) : "free"
            ),
            ("waiting in Bitrix24", Backlog(job)),
            ("delivered", Text(job.Delivered)),
            ("statuses owed", job.StatusesOwed == 0 ? "0" : new Cell(Text(job.StatusesOwed), Tone.Caution)),
            ("queued by hand", Text(job.Queued)),
            ("failing", job.Failing.Count == 0 ? "0" : new Cell(Text(job.Failing.Count), Tone.Bad))
        );
        if (job.Failing.Count > 0)
        {
            screen.Line();
            screen.Table(["ID", "what", "reason", "since", "tries", "next try", "card"], [.. job.Failing.Select(Row)]);
            screen.Line(new Cell($"  b24sync preview {JobArguments.Word(job.Job)} ID tells what is wrong with one", Tone.Faint));
        }
    }

    private IReadOnlyList<Cell> Row(FailingRecord record)
    {
        var entry = record.Entry;
        return
        [
            entry.Id,
            LedgerText.Word(entry.Outcome) + (entry.WaitsFor is null ? "" : " " + entry.WaitsFor),
            entry.Code,
            entry.FailingSince is { } since ? Ours(since) : "",
            entry.Attempts == 0 ? "" : Text(entry.Attempts),
            entry.Forced ? "with the next run"
            : entry.NextTry is { } next ? LedgerText.NextTry(next, now)
            : "when it changes",
            record.Link,
        ];
    }

    private static Cell Backlog(JobStatus job) =>
        job switch
        {
            { Backlog.Problem: { } problem } => new Cell("unknown: " + problem, Tone.Bad),
            { Backlog.IsUpperBound: true } => string.Create(
                CultureInfo.InvariantCulture,
                $"at most {job.Backlog.Count}; those known as they are are among them"
            ),
            { ConfigurationChanged: true } => string.Create(
                CultureInfo.InvariantCulture,
                $"{job.Backlog.Count}, after a change of the mapping"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"{job.Backlog.Count}"),
        };

    private string Ours(DateTimeOffset moment) => Moment.Text(moment.ToOffset(offset));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
