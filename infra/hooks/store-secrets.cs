#:property PublishAot=false

// After provisioning: stores the webhook and the key in the vault. Their values go from the keyboard to the vault over HTTPS:
// through no command line, file, template, output or azd environment. ROTATE=webhook, key or both asks for them anew.
// Each is tried at its own system first; where that cannot be reached from here, it is stored untried and that is said.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

Secret[] secrets =
[
    new(
        "Bitrix24-WebhookUrl",
        "webhook",
        "Inbound webhook, https://PORTAL/rest/USER/TOKEN/",
        @"^(https://[^/\s]+|http://(127\.0\.0\.1|localhost)(:\d+)?)/rest/\d+/[^/\s]+/$"
    ),
    new("Otmechalka-ApiKey", "key", "Key of otmechalka", @"^\S+$"),
];

try
{
    await StoreAsync();
    return 0;
}
catch (Exception error) when (error is InvalidOperationException or HttpRequestException or UriFormatException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

async Task StoreAsync()
{
    var vault = new Uri(Setting("KEY_VAULT_URI"));
    var app = Setting("FUNCTION_APP_ID");
    var manager = Environment.GetEnvironmentVariable("AZURE_RESOURCE_MANAGER_URI") ?? "https://management.azure.com";
    var rotate = Environment.GetEnvironmentVariable("ROTATE") ?? "";

    using var http = await SignedInAsync("https://vault.azure.net/.default");
    var stored = 0;
    foreach (var secret in secrets)
    {
        if (rotate != "both" && rotate != secret.Word && await ExistsAsync(http, vault, secret))
        {
            Console.WriteLine($"{secret.Name} is in the vault. To replace it: ROTATE={secret.Word}");
            continue;
        }

        if (await ReadAsync(secret) is not { } value)
        {
            Console.WriteLine($"{secret.Name} is not stored: nobody is here to ask. Until it is, the app reports a configuration error.");
            continue;
        }

        var body = new JsonObject { ["value"] = value }.ToJsonString();
        using var answer = await SendAsync(http, HttpMethod.Put, new Uri(vault, $"secrets/{secret.Name}?api-version=7.4"), body);
        answer.EnsureSuccessStatusCode();
        Console.WriteLine($"{secret.Name} is stored.");
        stored++;
    }

    if (stored == 0)
    {
        return;
    }

    // The app keeps a resolved reference for up to a day; this makes it look again.
    using var management = await SignedInAsync($"{manager}/.default");
    using var refreshed = await management.PostAsync(
        new Uri($"{manager}{app}/config/configreferences/appsettings/refresh?api-version=2022-03-01"),
        null
    );
    Console.WriteLine(
        refreshed.IsSuccessStatusCode ? "The app takes the new values." : $"Restart the app by hand: HTTP {(int)refreshed.StatusCode}."
    );
}

static async Task<bool> ExistsAsync(HttpClient http, Uri vault, Secret secret)
{
    // Lists versions: unlike reading the secret, this brings no value here.
    using var answer = await SendAsync(
        http,
        HttpMethod.Get,
        new Uri(vault, $"secrets/{secret.Name}/versions?api-version=7.4&maxresults=1"),
        null
    );
    if (answer.StatusCode == HttpStatusCode.NotFound)
    {
        return false;
    }
    answer.EnsureSuccessStatusCode();
    return JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["value"] is JsonArray { Count: > 0 };
}

// A role that was given a moment ago takes minutes to be known everywhere.
static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, Uri uri, string? body)
{
    var pause = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("RETRY_SECONDS") ?? "10", CultureInfo.InvariantCulture)
    );
    for (var attempt = 1; ; attempt++)
    {
        using var request = new HttpRequestMessage(method, uri);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Forbidden || attempt == 30)
        {
            return answer;
        }
        answer.Dispose();
        Console.WriteLine("The vault does not know the role yet; waiting.");
        await Task.Delay(pause, TimeProvider.System);
    }
}

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set: it is an output of the deployment.");

static async Task<string?> ReadAsync(Secret secret)
{
    while (true)
    {
        Console.Write($"{secret.Text} (not shown): ");
        var value = Console.IsInputRedirected ? Console.ReadLine()?.Trim() : Hidden();
        Console.WriteLine();
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }
        if (secret.Word == "webhook" && !value.EndsWith('/'))
        {
            value += "/";
        }
        if (!Regex.IsMatch(value, secret.Pattern))
        {
            Console.WriteLine("  This is not of the expected form.");
        }
        else if (await RefusalAsync(secret, value) is { } refusal)
        {
            Console.WriteLine($"  {refusal} It is not stored.");
        }
        else
        {
            return value;
        }
    }
}

// Why its system does not take it; null when it does, or when it cannot be asked from here.
static async Task<string?> RefusalAsync(Secret secret, string value)
{
    using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) };
    try
    {
        return secret.Word == "webhook" ? await WebhookRefusalAsync(http, value) : await KeyRefusalAsync(http, value);
    }
    catch (Exception error) when (error is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
    {
        var why =
            error is HttpRequestException { HttpRequestError: var kind } ? kind.ToString()
            : error is TaskCanceledException ? "no answer"
            : "an answer that is not JSON";
        Console.WriteLine($"  It could not be tried from here ({why}): it is stored untried. Look at the first run.");
        return null;
    }
}

static async Task<string?> WebhookRefusalAsync(HttpClient http, string webhook)
{
    using var answer = await http.GetAsync(new Uri(webhook + "scope.json"));
    if ((int)answer.StatusCode is >= 300 and < 400)
    {
        return $"The portal answers HTTP {(int)answer.StatusCode}: it was renamed.";
    }
    var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    if (json?["error"] is { } code)
    {
        return $"Bitrix24 refuses the webhook: {Regex.Replace(code.ToString(), "[^A-Za-z0-9_]", "")}.";
    }
    if (json?["result"] is not JsonArray granted)
    {
        return null;
    }
    var scopes = granted.Select(scope => scope?.ToString()).ToArray();
    if (!scopes.Contains("crm"))
    {
        return "The webhook lacks the scope crm.";
    }
    return scopes.Any(scope => scope is "user" or "user_brief" or "user_basic") ? null : "The webhook lacks the scope user_brief.";
}

// The search for a client that nobody is: what doctor asks, too.
static async Task<string?> KeyRefusalAsync(HttpClient http, string key)
{
    if (!Uri.TryCreate(Environment.GetEnvironmentVariable("OTMECHALKA_BASE_URL"), UriKind.Absolute, out var address))
    {
        return null;
    }
    var extra = JsonNode.Parse(Environment.GetEnvironmentVariable("EXTRA_SETTINGS") is { Length: > 0 } text ? text : "{}");
    var header = extra?["Otmechalka__AuthHeader"]?.ToString() ?? "Authorization";
    var scheme = extra?["Otmechalka__AuthScheme"]?.ToString() ?? (header == "Authorization" ? "Token" : "");
    using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "api/clients/0/"));
    request.Headers.TryAddWithoutValidation(header, $"{scheme} {key}".Trim());
    using var answer = await http.SendAsync(request);
    return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? $"otmechalka refuses the key: HTTP {(int)answer.StatusCode}."
        : null;
}

static string Hidden()
{
    var text = new StringBuilder();
    while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
    {
        if (key.Key == ConsoleKey.Backspace)
        {
            text.Length = Math.Max(0, text.Length - 1);
        }
        else if (!char.IsControl(key.KeyChar))
        {
            text.Append(key.KeyChar);
        }
    }

    return text.ToString().Trim();
}

static async Task<HttpClient> SignedInAsync(string scope)
{
    var token = await TokenAsync(scope);
    return new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
}

// azd's sign-in; that of az where there is no azd.
static async Task<string> TokenAsync(string scope)
{
    var json = await RunAsync("azd", "auth", "token", "--scope", scope, "--output", "json") is { } azd
        ? JsonNode.Parse(azd)?["token"]
        : JsonNode.Parse(await RunAsync("az", "account", "get-access-token", "--scope", scope, "--output", "json") ?? "{}")?["accessToken"];
    return json?.GetValue<string>() ?? throw new InvalidOperationException("Sign in first: azd auth login, or az login.");
}

static async Task<string?> RunAsync(string command, params string[] arguments)
{
    try
    {
        // az is a script on Windows, which only its shell finds.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", command, .. arguments])
            : new ProcessStartInfo(command, arguments);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : null;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return null;
    }
}

internal sealed record Secret(string Name, string Word, string Text, string Pattern);
