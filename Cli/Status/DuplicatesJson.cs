using System.Text.Json.Nodes;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Why;

namespace B24Otmechalka.Cli.Status;

/// <summary>What <c>status --duplicates --json</c> prints; nothing personal unless names are asked for.</summary>
internal static class DuplicatesJson
{
    public static JsonObject Of(IReadOnlyList<SamePupil> pupils, bool showsNames) =>
        new()
        {
            ["pupils"] = new JsonArray([.. pupils.Select(pupil => Of(pupil, showsNames))]),
            ["cardsTooMany"] = pupils.Sum(pupil => pupil.Cards.Count - 1),
            ["mostClients"] = ServiceStatus.MostClients,
        };

    private static JsonObject Of(SamePupil pupil, bool showsNames)
    {
        var json = new JsonObject
        {
            ["cards"] = new JsonArray([
                .. pupil.Cards.Select(card => new JsonObject
                {
                    ["id"] = card.Id,
                    ["link"] = card.Link,
                    ["created"] = Moment.Text(card.Created),
                    ["delivered"] = pupil.Delivered.Contains(card.Id),
                }),
            ]),
        };
        if (showsNames)
        {
            json["pupil"] = pupil.Cards[0].Pupil;
        }

        return json;
    }
}
