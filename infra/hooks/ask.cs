#:property PublishAot=false

// Before provisioning: asks for what main.bicepparam needs and this azd environment lacks. Nothing secret is asked here.
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

const string Field = "^UF_CRM_[A-Z0-9_]+$";
const string Id = "^[0-9]+$";

Question[] always =
[
    new("SYNC_START_DATE", "Records created before this day are ignored (2020-12-20)", @"^\d{4}-\d{2}-\d{2}([T ].+)?$"),
    new("OTMECHALKA_BASE_URL", "Base address of otmechalka (https://example.otmechalka.com/)", "^https://[^/?#]+/$"),
    new("BITRIX24_PORTAL_HOST", "Host of the Bitrix24 portal, for links (example.bitrix24.ru)", @"^[a-z0-9-]+(\.[a-z0-9-]+)+$"),
    new("ALERT_EMAILS", "Mail addresses that are told when it stops, with commas between", @"^[^@\s,]+@[^@\s,]+(,\s*[^@\s,]+@[^@\s,]+)*$"),
];

// A school with a mapping of its own (MAPPING_FILE) has these in it.
Question[] mapping =
[
    new("CONTACT_STATUS_FIELD", "Contact field «Статус синхронизации» (UF_CRM_…)", Field),
    new("DEAL_STATUS_FIELD", "Deal field «Статус синхронизации» (UF_CRM_…)", Field),
    new("GROUP_COURSE", "otmechalka ID of the course «Групповые занятия»", Id),
    new("INDIVIDUAL_COURSE", "otmechalka ID of the course «Индивидуальные занятия»", Id),
    new("GOGOLEVSKY_OFFICE", "otmechalka ID of the clients' branch office «+ ЦДШ `МСК»", Id),
    new("SKOLKOVO_OFFICE", "otmechalka ID of the clients' branch office «+ СКОЛКОВО `МСК *»", Id),
    new("GOGOLEVSKY_SALES", "otmechalka ID of the branch office that sells for «Гоголевский»", Id),
    new("SKOLKOVO_SALES", "otmechalka ID of the branch office that sells for «Сколково»", Id),
];

try
{
    var file = Setting("MAPPING_FILE");
    if (file.Length > 0)
        await KeepAsync("MAPPING_JSON", Minified(Path.Combine(Root(), file)));

    var hasOwn = file.Length > 0 || Setting("MAPPING_JSON").Length > 0;
    var missing = (hasOwn ? always : [.. always, .. mapping]).Where(question => !question.Accepts(Setting(question.Name))).ToArray();
    if (missing.Length > 0 && Console.IsInputRedirected)
    {
        Console.Error.WriteLine("These are not set or not well formed; set each with: azd env set NAME VALUE");
        foreach (var question in missing)
            Console.Error.WriteLine($"  {question.Name}: {question.Text}");
        return 1;
    }

    foreach (var question in missing)
        await KeepAsync(question.Name, Ask(question));
    return 0;
}
catch (Exception error) when (error is IOException or JsonException or InvalidOperationException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static string Setting(string name) => Environment.GetEnvironmentVariable(name)?.Trim() ?? "";

static string Ask(Question question)
{
    while (true)
    {
        Console.Write($"{question.Text}: ");
        var answer = Console.ReadLine()?.Trim() ?? throw new InvalidOperationException("The input has ended.");
        if (question.Accepts(answer))
            return answer;
        Console.WriteLine("  This is not of the expected form.");
    }
}

// Without comments and line breaks, so that it fits an app setting.
static string Minified(string path)
{
    var reading = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    var json = JsonNode.Parse(File.ReadAllText(path), documentOptions: reading);
    return json?["Mapping"] is JsonObject ? json.ToJsonString() : throw new InvalidOperationException($"{path} has no object \"Mapping\".");
}

static string Root()
{
    for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "azure.yaml")))
            return folder.FullName;
    }

    throw new InvalidOperationException("No azure.yaml here or above.");
}

static async Task KeepAsync(string name, string value)
{
    using var azd = Process.Start(new ProcessStartInfo("azd", ["env", "set", name, value]))!;
    await azd.WaitForExitAsync();
    if (azd.ExitCode != 0)
        throw new InvalidOperationException($"azd could not keep {name}.");
}

internal sealed record Question(string Name, string Text, string Pattern)
{
    public bool Accepts(string answer) => Regex.IsMatch(answer, Pattern);
}
