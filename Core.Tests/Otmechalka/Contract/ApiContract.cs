extern alias schema;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Tests.Docs;
using B24Otmechalka.Sandbox.Http;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using schema::Json.Schema;

namespace B24Otmechalka.Core.Tests.Otmechalka.Contract;

/// <summary>
/// <c>docs/otmechalka-api.yaml</c>, read by one library and held by another against what goes over the wire. Says of each request and each
/// answer what in it is not as the document has it.
/// </summary>
internal sealed partial class ApiContract
{
    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private static readonly Lazy<ApiContract> OfTheRepository = new(() => Read(Documents.Read("docs", "otmechalka-api.yaml")));

    private readonly JsonObject document;
    private readonly Dictionary<string, JsonSchema> schemas = [];
    private readonly Lock gate = new();

    private ApiContract(JsonObject document) => this.document = document;

    /// <summary>The document as it is.</summary>
    public static ApiContract Present => OfTheRepository.Value;

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidOperationException">It is no OpenAPI document.</exception>
    public static ApiContract Read(string yaml)
    {
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        var result = OpenApiDocument.Parse(yaml, "yaml", settings);
        if (result is not { Document: { } read, Diagnostic.Errors: [] })
        {
            throw new InvalidOperationException(string.Join("; ", result.Diagnostic?.Errors.Select(error => error.ToString()) ?? []));
        }

        var json = read.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1).GetAwaiter().GetResult();
        return new ApiContract(WithoutExamples(JsonNode.Parse(json)!).AsObject());
    }

    /// <summary>What is wrong with a request; proposals may not be called yet.</summary>
    public IReadOnlyList<string> ProblemsOf(SandboxRequest request)
    {
        if (Operation(request) is not { } operation)
        {
            return [$"{request.Method} {request.Path} is not in the document"];
        }

        if (operation["x-proposed"] is not null || request.Query.Length > 0)
        {
            return [$"{request.Method} {request.Path} is only a proposal"];
        }

        if (operation["requestBody"] is not { } body)
        {
            return request.Body.Length == 0 ? [] : ["a body where there is none"];
        }

        return request.Header("Content-Type") != "application/json; charset=utf-8"
            ? [$"a body of {request.Header("Content-Type")}"]
            : Check(Resolve(body)["content"]!["application/json"]!["schema"]!, request.Body);
    }

    /// <summary>What is wrong with a body by one of the document's schemas.</summary>
    public IReadOnlyList<string> ProblemsOf(string schema, string body) => Check(document["components"]!["schemas"]![schema]!, body);

    /// <summary>What is wrong with an answer to a request.</summary>
    public IReadOnlyList<string> ProblemsOf(SandboxRequest request, SandboxResponse response)
    {
        var responses = Operation(request)?["responses"];
        if ((responses?[$"{response.Status}"] ?? responses?[$"{response.Status / 100}XX"]) is not { } found)
        {
            return [$"{response.Status} to {request.Method} {request.Path} is not in the document"];
        }

        var expected = Resolve(found);
        return response.ContentType.Split(';')[0] != "application/json" ? [$"{response.Status} as {response.ContentType}"]
            : response.Headers.GetValueOrDefault("Retry-After") is { } wait
            && Check(Resolve(expected["headers"]!["Retry-After"]!)["schema"]!, wait) is { Count: > 0 } problems
                ? problems
            : Check(expected["content"]!["application/json"]!["schema"]!, response.Body);
    }

    // OpenAPI's own keyword, which the validator of JSON Schema does not know. No field has that name.
    private static JsonNode WithoutExamples(JsonNode node)
    {
        switch (node)
        {
            case JsonObject json:
                json.Remove("example");
                foreach (var (_, inner) in json)
                {
                    _ = inner is null ? null : WithoutExamples(inner);
                }

                break;
            case JsonArray list:
                foreach (var inner in list.OfType<JsonNode>())
                {
                    WithoutExamples(inner);
                }

                break;
        }

        return node;
    }

    private JsonNode? Operation(SandboxRequest request) =>
        document["paths"]!
            .AsObject()
            .Where(path => Regex.IsMatch(request.Path, $"^{Placeholder().Replace(path.Key, "[^/]+")}$"))
            .Select(path => path.Value![request.Method.ToLowerInvariant()])
            .FirstOrDefault(operation => operation is not null);

    private List<string> Check(JsonNode schema, string body)
    {
        JsonElement instance;
        try
        {
            using var parsed = JsonDocument.Parse(body);
            instance = parsed.RootElement.Clone();
        }
        catch (JsonException)
        {
            return ["a body that is no JSON"];
        }

        var result = Schema(schema).Evaluate(instance, Strictly);
        return result.IsValid
            ? []
            :
            [
                .. (result.Details ?? [])
                    .Where(detail => detail.Errors is { Count: > 0 })
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
                    .DefaultIfEmpty("not as the document has it"),
            ];
    }

    // A schema that carries all the others with it, where references lead.
    private JsonSchema Schema(JsonNode schema)
    {
        var text = schema.ToJsonString();
        lock (gate)
        {
            if (!schemas.TryGetValue(text, out var built))
            {
                var whole = new JsonObject
                {
                    ["$id"] = $"https://example.com/{Guid.NewGuid()}",
                    ["allOf"] = new JsonArray(schema.DeepClone()),
                    ["$defs"] = document["components"]!["schemas"]!.DeepClone(),
                };
                var moved = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
                schemas[text] = built = JsonSchema.FromText(moved);
            }

            return built;
        }
    }

    private JsonNode Resolve(JsonNode node) =>
        node["$ref"]?.GetValue<string>() is { } reference
            ? Resolve(reference.Split('/').Skip(1).Aggregate((JsonNode)document, (at, name) => at[name]!))
            : node;

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Placeholder();
}
