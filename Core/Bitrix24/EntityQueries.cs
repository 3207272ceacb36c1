using System.Globalization;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>One kind of card, contacts or deals: which are eligible, how they are listed and how their status field is written.</summary>
/// <param name="Entity"><c>contact</c> or <c>deal</c>.</param>
/// <param name="StatusField">The status field's code.</param>
/// <param name="Columns">The columns to select, beside ID, dates and status.</param>
/// <param name="CreatedAfter">Cards created earlier are ignored.</param>
/// <param name="Stages">For deals: the stages that count; empty means any.</param>
internal sealed record EntityQueries(
    string Entity,
    string StatusField,
    IReadOnlyList<string> Columns,
    DateTimeOffset CreatedAfter,
    IReadOnlyList<string> Stages
)
{
    /// <summary>Rows in a full page; the portal decides it (docs/bitrix24.md, section 4).</summary>
    public const int PageSize = 50;

    public const string Created = "DATE_CREATE";
    public const string Modified = "DATE_MODIFY";
    public const string Stage = "STAGE_ID";
    public const string Recurring = "IS_RECURRING";

    public string ListMethod => $"crm.{Entity}.list";

    public string UpdateMethod => $"crm.{Entity}.update";

    /// <summary>
    /// The first 50 of the cards that are eligible, narrowed by <paramref name="conditions"/>. With <c>start=-1</c> the portal does not
    /// count all rows that match, which is slow.
    /// </summary>
    public Bitrix24Command List(IEnumerable<(string Key, JsonNode? Value)> conditions, string[] order, bool counts = false) =>
        List(conditions, order, [.. Select()], counts ? 0 : -1);

    /// <summary>These cards, whether they are eligible or not.</summary>
    public Bitrix24Command ListOf(IEnumerable<string> ids) =>
        List(new JsonObject { ["@ID"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) }, ["ID"], [.. Select()], start: -1);

    /// <summary>The newest 50 of the cards that fit the conditions, whether they are eligible or not.</summary>
    public Bitrix24Command Search(IEnumerable<SearchCondition> conditions) =>
        new(
            ListMethod,
            new JsonObject
            {
                ["filter"] = new JsonObject(conditions.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
                ["order"] = new JsonObject { ["ID"] = "DESC" },
                ["select"] = new JsonArray([.. Select().Select(column => (JsonNode)column)]),
                ["start"] = -1,
            }
        );

    /// <summary>
    /// A list by modification that tells when the card at this offset was modified; a multiple of <see cref="PageSize"/>.
    /// </summary>
    public Bitrix24Command Moment(ModifiedRange range, long afterId, int offset) =>
        List([.. range.Conditions, (">ID", afterId)], [Modified, "ID"], ["ID", Modified], offset);

    private Bitrix24Command List(IEnumerable<(string Key, JsonNode? Value)> conditions, string[] order, string[] select, int start)
    {
        var filter = new JsonObject { [">" + Created] = Format(CreatedAfter) };
        if (Stages.Count == 1)
        {
            filter[Stage] = Stages[0];
        }
        else if (Stages.Count > 1)
        {
            filter["@" + Stage] = new JsonArray([.. Stages.Select(stage => (JsonNode)stage)]);
        }

        foreach (var (key, value) in conditions)
        {
            filter[key] = value;
        }

        return List(filter, order, select, start);
    }

    private Bitrix24Command List(JsonObject filter, string[] order, string[] select, int start)
    {
        var sort = new JsonObject();
        foreach (var column in order)
        {
            sort[column] = "ASC";
        }

        return new Bitrix24Command(
            ListMethod,
            new JsonObject
            {
                ["filter"] = filter,
                ["order"] = sort,
                ["select"] = new JsonArray([.. select.Select(column => (JsonNode)column)]),
                ["start"] = start,
            }
        );
    }

    /// <summary>
    /// Whether the card is eligible: created late enough, in a stage that counts, and no template. Templates are listed with the others;
    /// the rest is checked on our side too, because B24 silently drops a filter it does not know.
    /// </summary>
    public bool IsEligible(Card card) =>
        card.Created > CreatedAfter
        && (Stages.Count == 0 || (card.Text(Stage) is { } stage && Stages.Contains(stage) && !IsTemplate(card)));

    /// <summary>
    /// Whether the deal is the template that Bitrix24 makes recurring deals of: it was sold to nobody (docs/spec.md, section 5.2).
    /// </summary>
    public static bool IsTemplate(Card card) => card.Text(Recurring)?.ToUpperInvariant() is "Y" or "1" or "TRUE";

    /// <summary>Sets the status field of one card and touches nothing else of it.</summary>
    public Bitrix24Command WriteStatus(string id, string text) =>
        new(
            UpdateMethod,
            new JsonObject
            {
                ["id"] = id,
                ["fields"] = new JsonObject { [StatusField] = text },
            }
        );

    /// <summary>Always with an explicit offset: what a time without one means is not documented (docs/bitrix24.md, trap 6).</summary>
    public static string Format(DateTimeOffset timestamp) => timestamp.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private IEnumerable<string> Select() =>
        new[] { "ID", Created, Modified, StatusField }.Concat(Stages.Count > 0 ? [Stage, Recurring] : []).Concat(Columns).Distinct();
}
