using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Sync;

/// <summary>What <c>sync --json</c> prints: names and order are a contract: scripts read them.</summary>
internal static class SyncJson
{
    public static JsonObject Of(IEnumerable<RunReport> reports) => new() { ["jobs"] = new JsonArray([.. reports.Select(Of)]) };

    private static JsonObject Of(RunReport report) =>
        new()
        {
            ["job"] = report.Job.Name(),
            ["outcome"] = Name(report.Outcome),
            ["reason"] = report.Reason,
            ["read"] = report.Read,
            ["created"] = report.Created,
            ["updated"] = report.Updated,
            ["unchanged"] = report.Unchanged,
            ["outOfScope"] = report.OutOfScope,
            ["failed"] = report.Failed,
            ["retried"] = report.Retried,
            ["statusesWritten"] = report.StatusesWritten,
            ["statusesOwed"] = report.StatusesOwed,
            ["bitrix24Requests"] = report.Bitrix24Requests,
            ["otmechalkaRequests"] = report.OtmechalkaRequests,
            ["durationSeconds"] = Math.Round(report.DurationSeconds, 3),
            ["checkpoint"] = report.Checkpoint?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        };

    private static string Name(RunOutcome outcome) =>
        outcome switch
        {
            RunOutcome.Completed => "completed",
            RunOutcome.Interrupted => "interrupted",
            RunOutcome.BudgetSpent => "budgetSpent",
            RunOutcome.AlreadyRunning => "alreadyRunning",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
}
