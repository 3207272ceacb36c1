using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Preview;

/// <summary>What <c>preview --json</c> prints.</summary>
internal static class PreviewJson
{
    public static JsonObject Of(Core.Operations.Preview preview) =>
        new()
        {
            ["job"] = preview.Job.Name(),
            ["id"] = preview.Id,
            ["link"] = preview.Link,
            ["created"] = Moment.Text(preview.Created),
            ["modified"] = Moment.Text(preview.Modified),
            ["mapping"] = Name(preview.Mapping.ToString()),
            ["keptOutBy"] = Texts(preview.KeptOutBy),
            ["action"] = Name(preview.Action.ToString()),
            ["when"] = preview.When,
            ["status"] = preview.Status,
            ["expectedStatus"] = preview.ExpectedStatus,
            ["sameAsLastSent"] = preview.IsSameAsLastSent,
            ["inOtmechalka"] = preview.IsInOtmechalka,
            ["otmechalkaProblem"] = preview.OtmechalkaProblem,
            ["differences"] = new JsonArray([
                .. preview.Differences.Select(one => new JsonObject
                {
                    ["field"] = one.Name,
                    ["held"] = Texts(one.Held),
                    ["sent"] = Texts(one.Sent),
                }),
            ]),
            ["values"] = new JsonArray([
                .. preview.Values.Select(one => new JsonObject
                {
                    ["column"] = one.Column,
                    ["label"] = one.Label,
                    ["value"] = one.Value,
                }),
            ]),
            ["payload"] = preview.Payload.Count == 0 ? null : Payload(preview),
            ["ledger"] = preview.Ledger is null ? null : Ledger(preview.Ledger),
        };

    /// <summary>An entry of the ledger.</summary>
    public static JsonObject Ledger(LedgerEntry entry) =>
        new()
        {
            ["outcome"] = Name(entry.Outcome.ToString()),
            ["code"] = entry.Code,
            ["failingSince"] = Moment.Text(entry.FailingSince),
            ["attempts"] = entry.Attempts,
            ["nextTry"] = Moment.Text(entry.NextTry),
            ["statusOwed"] = entry.StatusOwed,
            ["forced"] = entry.Forced,
            ["waitsFor"] = entry.WaitsFor,
            ["deliveredAt"] = Moment.Text(entry.DeliveredAt),
        };

    /// <summary>A name as JSON has it.</summary>
    public static string Name(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static JsonObject Payload(Core.Operations.Preview preview)
    {
        var payload = new JsonObject();
        foreach (var field in preview.Payload)
        {
            payload[field.Name] =
                field.IsList ? Texts(field.Values)
                : field.Values.Count == 0 ? null
                : JsonValue.Create(field.Values[0]);
        }

        return payload;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
