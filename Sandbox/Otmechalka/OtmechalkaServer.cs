using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>
/// An emulated otmechalka.com (docs/spec.md, section 4.2), in memory and thread-safe: it checks the key and every body strictly, keeps
/// doubles so that tests can count them, and lets people delete by hand (docs/spec.md, section 6, invariant 8).
/// </summary>
internal sealed class OtmechalkaServer(TimeProvider time, OtmechalkaOptions? options = null) : IEmulatedCrm
{
    /// <summary>No client and no ticket is nearly as long.</summary>
    private const int MostCharacters = 100_000;

    // A body that names a member twice cannot be read: nobody knows which one is meant.
    private static readonly JsonDocumentOptions NoDoubles = new() { AllowDuplicateProperties = false };

    private readonly Lock gate = new();

    public OtmechalkaOptions Options { get; } = options ?? new OtmechalkaOptions();

    public OtmechalkaStore Store { get; } = new();

    /// <summary>Asked for each body that is in order: messages to refuse this very record with, or <see langword="null"/>.</summary>
    public Func<string, string, JsonObject?>? RefusalOf { get; set; }

    public string OperationOf(SandboxRequest request) =>
        Route.Parse(request) is { } route
            ? route.OriginId is null
                ? $"{request.Method} {route.Kind}s"
                : $"{request.Method} {route.Kind}"
            : $"{request.Method} {request.Path}";

    public string PublicPath(SandboxRequest request) => request.Path;

    public async Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        if (Options.WaitForLatency)
        {
            await Task.Delay(Options.Latency, time, cancellationToken);
        }

        var originId = Route.Parse(request)?.OriginId ?? (ReadBody(request)?["origin_id"] as JsonValue)?.ToString();
        var (status, body) = AnswerLocked(request);
        return SandboxResponse.Json(status, OtmechalkaJson.Write(body)) with
        {
            Commands = [new SandboxCommand(OperationOf(request), originId)],
            ServerTime = Options.Latency,
        };
    }

    /// <summary>One at a time, so that looking for a double and adding are one step.</summary>
    private (int Status, JsonObject Body) AnswerLocked(SandboxRequest request)
    {
        lock (gate)
        {
            return Answer(request);
        }
    }

    private (int Status, JsonObject Body) Answer(SandboxRequest request)
    {
        var expected = Options.AuthScheme.Length == 0 ? Options.ApiKey : $"{Options.AuthScheme} {Options.ApiKey}";
        if (request.Header(Options.AuthHeader) is not { } given)
        {
            return (401, Detail("Учётные данные не были предоставлены."));
        }

        if (given != expected)
        {
            return (401, Detail("Недопустимый токен."));
        }

        return Route.Parse(request) switch
        {
            null => (404, Detail("Страница не найдена.")),
            { OriginId: { } id, Kind: "client" } when request.Method == "GET" => Found(
                Store.FindClient(id) is { } client ? Show(client) : null
            ),
            { OriginId: { } id, Kind: "ticket" } when request.Method == "GET" => Found(
                Store.FindTicket(id) is { } ticket ? Show(ticket) : null
            ),
            { Kind: "client" } route when request.Method == "POST" => Write(request, body => WriteClient(body, route.OriginId)),
            { Kind: "ticket", OriginId: null } when request.Method == "POST" => Write(request, CreateTicket),
            _ => (405, Detail($"Метод «{request.Method}» не разрешен.")),
        };
    }

    private static (int, JsonObject) Write(SandboxRequest request, Func<JsonObject, (int, JsonObject)> write)
    {
        if (request.Body.Length > MostCharacters)
        {
            return (413, Detail("Тело запроса слишком велико."));
        }

        if ((request.Header("Content-Type") ?? "").Split(';')[0].Trim() != "application/json")
        {
            return (415, Detail("Неподдерживаемый тип данных в запросе."));
        }

        return ReadBody(request) is { } body ? write(body) : (400, Detail("Ошибка парсинга JSON."));
    }

    private (int, JsonObject) WriteClient(JsonObject body, string? originId)
    {
        if (originId is not null && Store.FindClient(originId) is null)
        {
            return (404, Detail("Страница не найдена."));
        }

        var problems = new Problems();
        var client = ClientBody.Check(body, problems, Options);
        if (originId is not null && client.OriginId is not null && client.OriginId != originId)
        {
            problems.Add("origin_id", "Не совпадает с адресом.");
        }

        if (originId is null && Store.ClientCount >= Options.MaxClients)
        {
            problems.Add("non_field_errors", $"Достигнут предел: {Options.MaxClients} активных посетителей.");
        }

        if (problems.Any)
        {
            return (400, problems.ToJson());
        }

        if (originId is null && Options.RejectDuplicates && Store.FindClient(client.OriginId!) is not null)
        {
            return Double("Посетитель");
        }

        if (RefusalOf?.Invoke("client", client.OriginId!) is { } refusal)
        {
            return (400, refusal);
        }

        return originId is null
            ? (Options.CreatedStatus, Show(Store.AddClient(client.OriginId!, body, client.Groups)))
            : (200, Show(Store.ChangeClient(originId, body, client.Groups, Options.UpdateKeepsAbsentValues)));
    }

    private (int, JsonObject) CreateTicket(JsonObject body)
    {
        var problems = new Problems();
        var ticket = TicketBody.Check(body, problems, Options);
        if (ticket.ClientOriginId is { } client && Store.FindClient(client) is null)
        {
            problems.Add("client_origin_id", $"Посетитель с origin_id {client} не найден.");
        }

        if (problems.Any)
        {
            return (400, problems.ToJson());
        }

        if (Options.RejectDuplicates && Store.FindTicket(ticket.OriginId!) is not null)
        {
            return Double("Абонемент");
        }

        return RefusalOf?.Invoke("ticket", ticket.OriginId!) is { } refusal
            ? (400, refusal)
            : (Options.CreatedStatus, Show(Store.AddTicket(ticket.OriginId!, ticket.ClientOriginId!, body, ticket.Groups)));
    }

    private static (int, JsonObject) Double(string record)
    {
        var problems = new Problems();
        problems.Add("origin_id", $"{record} с таким origin_id уже существует.");
        return (409, problems.ToJson());
    }

    private static (int, JsonObject) Found(JsonObject? body) => body is null ? (404, Detail("Страница не найдена.")) : (200, body);

    private static JsonObject Show(SandboxClient client) => Show(client.Id, client.Body, client.Groups);

    private static JsonObject Show(SandboxTicket ticket) => Show(ticket.Id, ticket.Body, ticket.Groups);

    private static JsonObject Show(long id, JsonObject body, IReadOnlyList<string> groups)
    {
        var shown = new JsonObject { ["id"] = id };
        foreach (var (name, value) in body)
        {
            shown[name] = value?.DeepClone();
        }

        shown["groups"] = new JsonArray([.. groups.Select(group => JsonValue.Create(group))]);
        return shown;
    }

    private static JsonObject Detail(string text) => new() { ["detail"] = text };

    private static JsonObject? ReadBody(SandboxRequest request)
    {
        try
        {
            return request.Method == "POST" ? JsonNode.Parse(request.Body, documentOptions: NoDoubles) as JsonObject : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // the latter: half a character in a member's name
        }
    }

    /// <summary>Addresses end with a slash, as written in docs/spec.md, section 4.2.</summary>
    private sealed record Route(string Kind, string? OriginId)
    {
        public static Route? Parse(SandboxRequest request)
        {
            if (!request.Path.EndsWith('/'))
            {
                return null;
            }

            return request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
            {
                ["api", "clients"] => new Route("client", null),
                ["api", "tickets"] => new Route("ticket", null),
                ["api", "clients", var id] => new Route("client", Uri.UnescapeDataString(id)),
                ["api", "tickets", var id] => new Route("ticket", Uri.UnescapeDataString(id)),
                _ => null,
            };
        }
    }
}
