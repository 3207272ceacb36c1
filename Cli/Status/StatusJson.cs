using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Status;

/// <summary>What <c>status --json</c> prints.</summary>
internal static class StatusJson
{
    public static JsonObject Of(ServiceStatus status) =>
        new()
        {
            ["jobs"] = new JsonArray([.. status.Jobs.Select(Of)]),
            ["knownClients"] = status.KnownClients,
            ["mostClients"] = ServiceStatus.MostClients,
        };

    private static JsonObject Of(JobStatus job) =>
        new()
        {
            ["job"] = job.Job.Name(),
            ["checkpoint"] = Moment.Text(job.State?.Checkpoint),
            ["completedAt"] = Moment.Text(job.State?.CompletedAt),
            ["fullResyncAt"] = Moment.Text(job.State?.FullResyncAt),
            ["lockedSince"] = Moment.Text(job.LockedSince),
            ["mappingChanged"] = job.ConfigurationChanged,
            ["backlog"] = job.Backlog.Count,
            ["backlogIsUpperBound"] = job.Backlog.IsUpperBound,
            ["backlogProblem"] = job.Backlog.Problem,
            ["statusesOwed"] = job.StatusesOwed,
            ["queued"] = job.Queued,
            ["delivered"] = job.Delivered,
            ["failing"] = new JsonArray([.. job.Failing.Select(Of)]),
        };

    private static JsonObject Of(FailingRecord record)
    {
        var json = new JsonObject { ["id"] = record.Entry.Id, ["link"] = record.Link };
        foreach (var (name, value) in PreviewJson.Ledger(record.Entry))
        {
            json[name] = value?.DeepClone();
        }

        return json;
    }
}
