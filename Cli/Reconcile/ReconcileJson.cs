using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Reconcile;

/// <summary>What <c>reconcile --json</c> prints.</summary>
internal static class ReconcileJson
{
    public static JsonObject Of(Reconciliation found, int? marked) =>
        new()
        {
            ["job"] = found.Job.Name(),
            ["read"] = found.Read,
            ["outOfScope"] = found.OutOfScope,
            ["invalid"] = found.Invalid,
            ["there"] = found.There,
            ["waiting"] = found.Waiting,
            ["missing"] = found.Discrepancies.Count(one => one.Comparison == Comparison.Missing),
            ["different"] = found.Discrepancies.Count(one => one.Comparison == Comparison.Different),
            ["unclear"] = found.Discrepancies.Count(one => one.Comparison == Comparison.Unclear),
            ["unknownToLedger"] = found.UnknownToLedger,
            ["unknownToBitrix24"] = new JsonArray([.. found.UnknownToBitrix24.Select(id => JsonValue.Create(id))]),
            ["notEligibleAnyMore"] = new JsonArray([.. found.NotEligibleAnyMore.Select(id => JsonValue.Create(id))]),
            ["discrepancies"] = new JsonArray([.. found.Discrepancies.Select(Of)]),
            ["marked"] = marked,
        };

    private static JsonObject Of(Discrepancy one) =>
        new()
        {
            ["id"] = one.Id,
            ["comparison"] = PreviewJson.Name(one.Comparison.ToString()),
            ["fields"] = new JsonArray([.. one.Fields.Select(field => JsonValue.Create(field))]),
            ["ledger"] = one.Ledger is { } outcome ? PreviewJson.Name(outcome.ToString()) : null,
            ["code"] = one.Code,
        };
}
