using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Status;

/// <summary>Shows a person how both jobs stand.</summary>
/// <param name="screen">Where.</param>
/// <param name="now">Our clock.</param>
/// <param name="offset">The offset in which our own times are shown, that of the portal's.</param>
/// <param name="failing">Shows what fails.</param>
internal sealed class StatusText(Screen screen, DateTimeOffset now, TimeSpan offset, FailingText failing)
{
    /// <summary>A share of the clients that fit, from which a person should know.</summary>
    private const double ClientsWorthAWarning = 0.9;

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
        screen.Heading(JobWords.Records(job.Job));
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
        failing.Show(job);
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
