using System.Globalization;
using System.Text.Json;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Sandbox.Jobs;

/// <summary>A run in one line.</summary>
internal static class RunLine
{
    /// <summary>The outcome, as the contract of the command line spells it.</summary>
    public static string Of(RunOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());

    public static string Of(LoggedRun run) =>
        run.Report is not { } report
            ? $"failed: {run.Error}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Of(report.Outcome)}{(report.Reason is { } reason ? $" ({reason})" : "")}: read {report.Read}, "
                    + $"created {report.Created}, updated {report.Updated}, "
                    + $"unchanged {report.Unchanged}, out of scope {report.OutOfScope}, failed {report.Failed}, statuses written "
                    + $"{report.StatusesWritten}, "
                    + $"requests {report.Bitrix24Requests} to Bitrix24 and {report.OtmechalkaRequests} to otmechalka, "
                    + $"{report.DurationSeconds:0.0} s"
            );
}
