using System.Text.Json;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>A field as <c>crm.*.fields</c> describes it.</summary>
/// <param name="Type"><c>string</c>, <c>enumeration</c>, <c>date</c>, …</param>
/// <param name="IsMultiple">Whether it holds several values.</param>
/// <param name="Label">What a person sees.</param>
/// <param name="Items">For a list: what its values are called, by ID.</param>
internal sealed record FieldDescription(string Type, bool IsMultiple, string? Label, IReadOnlyDictionary<string, string> Items);

/// <summary>
/// Questions about the portal itself; a run asks only for the fields, before a full resync. All of them only read, but for <see
/// cref="AddTextFieldAsync"/>. An answer that the webhook may not have is <see langword="null"/>.
/// </summary>
internal sealed class PortalQuestions(Bitrix24Client client)
{
    /// <summary>The webhook's scopes.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or does not know the webhook.</exception>
    public async Task<IReadOnlyList<string>?> ScopesAsync(CancellationToken cancellationToken) =>
        await AskAsync("scope", [], cancellationToken) is { } answer && answer.Result.Texts() is { Count: > 0 } scopes ? scopes : null;

    /// <summary>Whether the webhook's user is an administrator.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<bool?> IsAdministratorAsync(CancellationToken cancellationToken) =>
        await AskAsync("profile", [], cancellationToken) is { } answer
        && answer.Result.Member("ADMIN") is { ValueKind: not JsonValueKind.Undefined } admin
            ? admin.Text() is "1" or "Y" or "true"
            : null;

    /// <summary>What the webhook's user is called.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<string?> OwnerAsync(CancellationToken cancellationToken) =>
        await AskAsync("profile", [], cancellationToken) is { } answer
            ? string.Join(' ', OwnerNames.Select(name => answer.Result.Member(name).Text()).OfType<string>())
            : null;

    /// <summary>The newest cards.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public async Task<IReadOnlyList<string>> NewestAsync(Bitrix24Command list, int most, CancellationToken cancellationToken)
    {
        var parameters = (JsonObject)list.Parameters.DeepClone();
        parameters["order"] = new JsonObject { ["ID"] = "DESC" };
        parameters["select"] = new JsonArray("ID");
        parameters["start"] = -1;
        return await client.QueryAsync(
            list with
            {
                Parameters = parameters,
            },
            answer => Rows(answer, list.Method).Select(row => row.Member("ID").Id()).OfType<string>().Take(most).ToList(),
            cancellationToken
        );
    }

    /// <summary>The portal's clock, with the server's own offset.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<DateTimeOffset?> TimeAsync(CancellationToken cancellationToken)
    {
        var answer = await client.CallAsync(new Bitrix24Command("server.time", []), cancellationToken);
        return (answer.Error is null ? answer.Result.Timestamp() : null) ?? answer.PortalTime;
    }

    /// <summary>The fields of contacts or deals, by their codes.</summary>
    /// <exception cref="Http.UnavailableException">
    /// The portal cannot be used now, or answers something that describes no fields.
    /// </exception>
    public async Task<IReadOnlyDictionary<string, FieldDescription>?> FieldsAsync(string entity, CancellationToken cancellationToken)
    {
        var method = $"crm.{entity}.fields";
        var (fields, error) = await client.CallAsync(
            new Bitrix24Command(method, []),
            answer => Fields(answer.Result) ?? throw Bitrix24Client.FailedRead(method, "an answer that describes no fields"),
            cancellationToken
        );
        return error is null ? fields : null;
    }

    /// <summary>
    /// What the stages of a pipeline are called, by their IDs; the pipeline is that of the given stage. The error where the webhook
    /// may not ask.
    /// </summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or answers no list.</exception>
    public async Task<(IReadOnlyDictionary<string, string>? Stages, Bitrix24Error? Error)> StagesAsync(
        string stage,
        CancellationToken cancellationToken
    )
    {
        const string method = "crm.status.list";
        var category =
            stage.StartsWith('C') && stage.IndexOf(':', StringComparison.Ordinal) is > 1 and var colon ? "_" + stage[1..colon] : "";
        var parameters = new JsonObject { ["filter"] = new JsonObject { ["ENTITY_ID"] = "DEAL_STAGE" + category } };
        return await client.CallAsync(new Bitrix24Command(method, parameters), answer => Stages(Rows(answer, method)), cancellationToken);
    }

    /// <summary>How many cards fit the conditions; the portal counts them, with the rights of the webhook's user.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public async Task<int> CountAsync(Bitrix24Command list, CancellationToken cancellationToken)
    {
        var parameters = (JsonObject)list.Parameters.DeepClone();
        parameters["start"] = 0;
        parameters["select"] = new JsonArray("ID");
        return await client.QueryAsync(list with { Parameters = parameters }, Count, cancellationToken);

        int Count(Bitrix24Answer answer)
        {
            var rows = Rows(answer, list.Method);
            return answer.Total ?? rows.Count;
        }
    }

    /// <summary>The time the card was last changed that was changed last of all; <see langword="null"/> when there is no card.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public async Task<DateTimeOffset?> LatestChangeAsync(string entity, CancellationToken cancellationToken)
    {
        var list = new Bitrix24Command(
            $"crm.{entity}.list",
            new JsonObject
            {
                ["order"] = new JsonObject { [EntityQueries.Modified] = "DESC" },
                ["select"] = new JsonArray("ID", EntityQueries.Modified),
                ["start"] = -1,
            }
        );
        return await client.QueryAsync(
            list,
            answer => Rows(answer, list.Method).Select(row => row.Member(EntityQueries.Modified).Timestamp()).FirstOrDefault(),
            cancellationToken
        );
    }

    /// <summary>How many cards a list counts under one condition in any notation.</summary>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public Task<int> CountAsync(string entity, string condition, string value, CancellationToken cancellationToken) =>
        CountAsync(
            new Bitrix24Command($"crm.{entity}.list", new JsonObject { ["filter"] = new JsonObject { [condition] = value } }),
            cancellationToken
        );

    /// <summary>Creates a single text field; the only question that changes the portal.</summary>
    /// <returns>The error that it was refused with, if it was.</returns>
    /// <exception cref="Http.UnavailableException">The portal cannot be used now.</exception>
    public async Task<Bitrix24Error?> AddTextFieldAsync(string entity, string code, string label, CancellationToken cancellationToken)
    {
        var fields = new JsonObject
        {
            ["FIELD_NAME"] = code.StartsWith(Prefix, StringComparison.Ordinal) ? code[Prefix.Length..] : code, // the portal adds it
            ["USER_TYPE_ID"] = "string",
            ["LABEL"] = label,
            ["EDIT_FORM_LABEL"] = label,
            ["LIST_COLUMN_LABEL"] = label,
            ["LIST_FILTER_LABEL"] = label,
            ["MULTIPLE"] = "N",
            ["MANDATORY"] = "N",
            ["SHOW_FILTER"] = "Y",
            ["SETTINGS"] = new JsonObject { ["ROWS"] = 2 },
        };
        var answer = await client.CallAsync(
            new Bitrix24Command($"crm.{entity}.userfield.add", new JsonObject { ["fields"] = fields }),
            cancellationToken
        );
        return answer.Error;
    }

    private const string Prefix = "UF_CRM_";
    private static readonly string[] OwnerNames = ["NAME", "LAST_NAME"];
    private static readonly string[] LabelNames = ["formLabel", "listLabel", "title"];

    private async Task<Bitrix24Answer?> AskAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = await client.CallAsync(new Bitrix24Command(method, parameters), cancellationToken);
        return answer.Error is null ? answer : null;
    }

    private static IReadOnlyList<JsonElement> Rows(Bitrix24Answer answer, string method) =>
        answer.Result.Rows() ?? throw Bitrix24Client.FailedRead(method, CardPage.NoList);

    private static Dictionary<string, string> Stages(IReadOnlyList<JsonElement> rows) =>
        rows.Where(row => row.Member("STATUS_ID").Text() is not null)
            .DistinctBy(row => row.Member("STATUS_ID").Text())
            .ToDictionary(row => row.Member("STATUS_ID").Text()!, row => row.Member("NAME").Text() ?? "");

    // No portal is without fields: an empty map describes none.
    private static Dictionary<string, FieldDescription>? Fields(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object
        && result
            .EnumerateObject()
            .Where(field => field.ReadableName() is not null && field.Value.ValueKind == JsonValueKind.Object)
            .DistinctBy(field => field.Name)
            .ToDictionary(field => field.Name, field => Describe(field.Name, field.Value))
            is { Count: > 0 } fields
            ? fields
            : null;

    private static FieldDescription Describe(string code, JsonElement field)
    {
        var labels = LabelNames.Select(name => field.Member(name).Text());
        return new FieldDescription(
            field.Member("type").Text() ?? "",
            field.Member("isMultiple").Text() is "1" or "Y" or "true",
            labels.FirstOrDefault(label => label is not null && label != code),
            field
                .Member("items")
                .Items()
                .Where(item => item.Member("ID").Text() is not null)
                .DistinctBy(item => item.Member("ID").Text())
                .ToDictionary(item => item.Member("ID").Text()!, item => item.Member("VALUE").Text() ?? "", StringComparer.Ordinal)
        );
    }
}
