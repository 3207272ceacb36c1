#:property PublishAot=false

// Before provisioning: asks for what main.bicepparam needs and this azd environment lacks. Nothing secret is asked here.
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

Question[] questions =
[
    new("SYNC_START_DATE", "Records created before this day are ignored (2020-12-20)", @"^\d{4}-\d{2}-\d{2}([T ].+)?$"),
    new("OTMECHALKA_BASE_URL", "Base address of otmechalka (https://example.otmechalka.com/)", "^https://[^/?#\\s]+/$"),
    new("BITRIX24_PORTAL_HOST", "Host of the Bitrix24 portal, for links (example.bitrix24.ru)", @"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
    new(
        "ALERT_EMAILS",
        "Mail addresses that are told when it stops, with commas between",
        @"^[^@\s,]+@[^@\s,]+\.[^@\s,]+(,\s*[^@\s,]+@[^@\s,]+\.[^@\s,]+)*$"
    ),
];

try
{
    var (mapping, isChanged) = ReadMapping();
    var holes = Holes(mapping["Mapping"]!, "").ToArray();
    var missing = questions
        .Where(question => !question.Accepts(Setting(question.Name)))
        .Where(question => question.Name != "ALERT_EMAILS" || Setting("STAGE") != "test" || Setting("ALERT_EMAILS").Length > 0)
        .ToArray();
    if (missing.Length + holes.Length > 0 && Console.IsInputRedirected)
    {
        Console.Error.WriteLine("These are not set or not well formed; set each with: azd env set NAME VALUE");
        foreach (var question in missing)
        {
            Console.Error.WriteLine($"  {question.Name}: {question.Text}");
        }
        foreach (var hole in holes)
        {
            Console.Error.WriteLine($"  MAPPING_FILE (a filled copy of mapping.json): {hole.Question.Text}");
        }
        return 1;
    }

    foreach (var question in missing)
    {
        await KeepAsync(question.Name, Ask(question));
    }
    foreach (var hole in holes)
    {
        hole.Fill(Ask(hole.Question));
    }
    if (isChanged || holes.Length > 0)
    {
        await KeepAsync("MAPPING_JSON", Text(mapping));
    }
    return 0;
}
catch (Exception error) when (error is IOException or JsonException or InvalidOperationException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

// A named file wins, its empty places filled with what was answered before; else the answer; else the mapping of the package.
static (JsonNode Mapping, bool IsChanged) ReadMapping()
{
    var (file, answered) = (Setting("MAPPING_FILE"), Setting("MAPPING_JSON"));
    var before = answered.Length > 0 ? Parsed(answered, "MAPPING_JSON") : null;
    if (file.Length == 0 && before is not null)
    {
        return (before, false);
    }

    var name = file.Length > 0 ? file : "mapping.json";
    var mapping = Parsed(File.ReadAllText(Path.Combine(Root(), name)), name);
    foreach (var hole in Holes(mapping["Mapping"]!, "").ToArray())
    {
        if (before is not null && At(before["Mapping"], hole.Path) is { Length: > 0 } answer)
        {
            hole.Fill(answer);
        }
    }

    return (mapping, before is null || Text(mapping) != Text(before));
}

// Every empty text but a route's branch, which may be left out: «any branch».
static IEnumerable<Hole> Holes(JsonNode node, string path) =>
    node switch
    {
        JsonObject item => item.ToArray()
            .Where(member => member.Key != "Branch" && member.Value is not null)
            .SelectMany(member =>
                HolesOf(member.Value!, path.Length == 0 ? member.Key : $"{path}.{member.Key}", value => item[member.Key] = value)
            ),
        JsonArray list => Enumerable
            .Range(0, list.Count)
            .Where(index => list[index] is not null)
            .SelectMany(index => HolesOf(list[index]!, $"{path}.{index}", value => list[index] = value)),
        _ => [],
    };

static IEnumerable<Hole> HolesOf(JsonNode node, string path, Action<string> fill) =>
    node is JsonValue value && value.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text)
        ?
        [
            new Hole(
                path,
                fill,
                new Question(
                    "MAPPING_JSON",
                    Explained(node, path),
                    path.EndsWith("Field", StringComparison.Ordinal) ? "^UF_CRM_[A-Z0-9_]+$" : @"^\S+$"
                )
            ),
        ]
        : Holes(node, path);

// A place in a list says little: the product and the branch of the route say whose course or branch office is asked for.
static string Explained(JsonNode node, string path)
{
    for (var around = node.Parent; around is not null; around = around.Parent)
    {
        if (around is JsonObject route && route["Product"] is { } product)
        {
            return $"{path} (ID of otmechalka; product {product}{(route["Branch"] is { } branch ? $", branch {branch}" : "")} of Bitrix24)";
        }
    }

    return path.EndsWith("Field", StringComparison.Ordinal) ? $"{path} (field of Bitrix24, UF_CRM_…)" : $"{path} (ID of otmechalka)";
}

static string? At(JsonNode? node, string path)
{
    foreach (var step in path.Split('.'))
    {
        node = node switch
        {
            JsonObject item => item[step],
            JsonArray list when int.Parse(step, System.Globalization.CultureInfo.InvariantCulture) is var index && index < list.Count =>
                list[index],
            _ => null,
        };
    }
    return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

static string Setting(string name) => Environment.GetEnvironmentVariable(name)?.Trim() ?? "";

static string Ask(Question question)
{
    while (true)
    {
        Console.Write($"{question.Text}: ");
        var answer = Console.ReadLine()?.Trim() ?? throw new InvalidOperationException("The input has ended.");
        if (question.Accepts(answer))
        {
            return answer;
        }
        Console.WriteLine("  This is not of the expected form.");
    }
}

static JsonNode Parsed(string text, string name)
{
    var reading = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    try
    {
        return JsonNode.Parse(text, documentOptions: reading) is { } json && json["Mapping"] is JsonObject
            ? json
            : throw new InvalidOperationException($"{name} has no object \"Mapping\".");
    }
    catch (JsonException error)
    {
        throw new InvalidOperationException($"{name} is not valid JSON: line {error.LineNumber + 1}.");
    }
}

// Without line breaks and escapes, so that it fits an app setting and can be read there.
static string Text(JsonNode json) =>
    json.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

static string Root()
{
    for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "azure.yaml")))
        {
            return folder.FullName;
        }
    }

    throw new InvalidOperationException("No azure.yaml here or above.");
}

static async Task KeepAsync(string name, string value)
{
    using var azd = Process.Start(new ProcessStartInfo("azd", ["env", "set", name, value]))!;
    await azd.WaitForExitAsync();
    if (azd.ExitCode != 0)
    {
        throw new InvalidOperationException($"azd could not keep {name}.");
    }
}

internal sealed record Hole(string Path, Action<string> Fill, Question Question);

internal sealed record Question(string Name, string Text, string Pattern)
{
    public bool Accepts(string answer) => Regex.IsMatch(answer, Pattern);
}
