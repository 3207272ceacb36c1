using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Why;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Status;

/// <summary>What <c>status --json</c> prints.</summary>
internal static class StatusJson
{
    /// <param name="status">How the service stands.</param>
    /// <param name="cards">The cards of what fails; <see langword="null"/> where nothing personal is asked for.</param>
    public static JsonObject Of(ServiceStatus status, IReadOnlyDictionary<(SyncJob Job, string Id), FoundCard>? cards) =>
        new()
        {
            ["jobs"] = new JsonArray([.. status.Jobs.Select(job => Of(job, cards))]),
            ["knownClients"] = status.KnownClients,
            ["mostClients"] = ServiceStatus.MostClients,
        };

    private static JsonObject Of(JobStatus job, IReadOnlyDictionary<(SyncJob Job, string Id), FoundCard>? cards) =>
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
            ["reasons"] = new JsonArray([
                .. job
                    .Failing.GroupBy(record => (record.Entry.Outcome, record.Entry.Code))
                    .OrderByDescending(group => group.Count())
                    .Select(group => new JsonObject
                    {
                        ["outcome"] = PreviewJson.Name(group.Key.Outcome.ToString()),
                        ["code"] = group.Key.Code,
                        ["count"] = group.Count(),
                    }),
            ]),
            ["failing"] = new JsonArray([.. job.Failing.Select(record => Of(record, cards is null ? null : (cards, job.Job)))]),
        };

    private static JsonObject Of(FailingRecord record, (IReadOnlyDictionary<(SyncJob, string), FoundCard> Cards, SyncJob Job)? names)
    {
        var json = new JsonObject { ["id"] = record.Entry.Id, ["link"] = record.Link };
        foreach (var (name, value) in PreviewJson.Ledger(record.Entry))
        {
            json[name] = value?.DeepClone();
        }

        if (names is { } known)
        {
            var card = known.Cards.GetValueOrDefault((known.Job, record.Entry.Id));
            json["pupil"] = card?.Pupil;
            json["parent"] = card?.Parent;
            json["status"] = card?.Status;
        }

        return json;
    }
}
