using System.Globalization;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Sync;

/// <summary>What a run did, for a person.</summary>
internal static class SyncText
{
    public static string Name(SyncJob job) => job == SyncJob.Contacts ? "Contacts" : "Deals";

    /// <summary>The summary of one run.</summary>
    public static string Summary(RunReport report) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Name(report.Job)}: {Ending(report)} in {report.DurationSeconds:0.0} s
              records     {report.Read} read; {Counts(report)}; {report.Retried} tried again, {Known(report.Waiting)} wait for another try
              statuses    {report.StatusesWritten} written, {Known(report.StatusesOwed)} owed
              requests    {report.Bitrix24Requests} to Bitrix24, {report.OtmechalkaRequests} to otmechalka
              checkpoint  {(
                report.Checkpoint is { } checkpoint
                    ? checkpoint.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
                    : "unknown"
            )}
            """
        );

    /// <summary>How far a run has come.</summary>
    public static string Progress(RunReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name(report.Job)}: {report.Read} read; {Counts(report)}");

    private static string Counts(RunReport report) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Created} created, {report.Updated} updated, {report.Unchanged} unchanged, {report.OutOfScope} out of "
                + $"scope, {report.Failed} failed"
        );

    private static string Known(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string Ending(RunReport report) =>
        report switch
        {
            { Outcome: RunOutcome.Completed } => "completed",
            { Outcome: RunOutcome.BudgetSpent } => "time budget spent, the next run goes on,",
            { Outcome: RunOutcome.AlreadyRunning, Reason: null } => "another run holds the lock, given up",
            _ => $"interrupted ({PrintableText.OneLine(report.Reason)})",
        };
}
