using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Sync;

/// <summary>What a run did, for a person.</summary>
internal static class SyncText
{
    /// <summary>Shows the summary of one run.</summary>
    public static void Show(RunReport report, Screen screen)
    {
        screen.Line(SyncStrings.Of("Title", JobWords.Records(report.Job), Ending(report), report.DurationSeconds));
        screen.Pairs(
            (SyncStrings.Of("Records"), SyncStrings.Of("RecordsText", report.Read, Counts(report), report.Retried, Known(report.Waiting))),
            (SyncStrings.Of("Statuses"), SyncStrings.Of("StatusesText", report.StatusesWritten, Known(report.StatusesOwed))),
            (SyncStrings.Of("Requests"), SyncStrings.Of("RequestsText", report.Bitrix24Requests, report.OtmechalkaRequests)),
            (SyncStrings.Of("Checkpoint"), Moment.Text(report.Checkpoint) ?? SyncStrings.Of("Unknown"))
        );
    }

    /// <summary>How far a run has come.</summary>
    public static string Progress(RunReport report) =>
        SyncStrings.Of("Progress", JobWords.Records(report.Job), report.Read, Counts(report));

    /// <summary>Whether a run did or met anything.</summary>
    public static bool IsWorthALine(RunReport report) =>
        report.Outcome != RunOutcome.Completed || report.Read > 0 || report.StatusesWritten > 0;

    /// <summary>One line on a run among many.</summary>
    public static string LineOf(RunReport report, DateTimeOffset now) =>
        $"{Moment.Time(now)} {Progress(report)}" + (report.Outcome == RunOutcome.Completed ? "" : "; " + Ending(report));

    private static string Counts(RunReport report) =>
        SyncStrings.Of("Counts", report.Created, report.Updated, report.Unchanged, report.OutOfScope, report.Failed);

    private static string Known(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? SyncStrings.Of("Unknown");

    private static string Ending(RunReport report) =>
        report switch
        {
            { Outcome: RunOutcome.Completed } => SyncStrings.Of("Completed"),
            { Outcome: RunOutcome.BudgetSpent } => SyncStrings.Of("BudgetSpent"),
            { Outcome: RunOutcome.AlreadyRunning } => SyncStrings.Of("AlreadyRunning"),
            _ => SyncStrings.Of("Interrupted", Reasons.Of(report)),
        };
}
