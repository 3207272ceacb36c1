using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Preview;
using B24Otmechalka.Core.Operations.Why;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Why;

/// <summary>What <c>why --json</c> prints.</summary>
internal static class WhyJson
{
    public static JsonObject Of(WhyAnswer answer, PupilStory? story) =>
        new()
        {
            ["text"] = answer.Question.Text,
            ["searchedInstead"] = answer.SearchedInstead,
            ["otherPortal"] = answer.IsOtherPortal,
            ["matches"] = new JsonArray([.. answer.Matches.Select(Of)]),
            ["moreMatches"] = answer.IsCut,
            ["remembered"] = new JsonArray([
                .. answer.Remembered.Select(record => new JsonObject
                {
                    ["job"] = record.Job.Name(),
                    ["id"] = record.Id,
                    ["deliveredAt"] = Moment.Text(record.DeliveredAt),
                }),
            ]),
            ["contact"] = story?.Contact is { } contact ? Of(contact) : null,
            ["deals"] = story is null ? null : new JsonArray([.. story.Deals.Select(Of)]),
            ["moreDeals"] = story?.HasMoreDeals,
            ["samePupil"] = story is null ? null : new JsonArray([.. story.SamePupil.Select(Of)]),
            ["otmechalkaProblem"] = story?.OtmechalkaProblem,
        };

    private static JsonObject Of(FoundCard card) =>
        new()
        {
            ["job"] = card.Job.Name(),
            ["id"] = card.Id,
            ["link"] = card.Link,
            ["pupil"] = card.Pupil,
            ["parent"] = card.Parent,
            ["created"] = Moment.Text(card.Created),
            ["status"] = card.Status,
        };

    private static JsonObject Of(RecordFate fate)
    {
        var json = Of(fate.Card);
        json["fate"] = PreviewJson.Name(fate.Kind.ToString());
        json["problem"] = fate.Problem;
        json["stage"] = fate.Stage;
        json["nextRun"] = fate.IsNext;
        json["inOtmechalka"] = fate.IsInOtmechalka;
        json["ledger"] = fate.Ledger is null ? null : PreviewJson.Ledger(fate.Ledger);
        return json;
    }
}
