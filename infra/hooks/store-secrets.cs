#:property PublishAot=false

// After provisioning: stores the webhook and the key in the vault. Their values go from the keyboard to the vault over HTTPS:
// through no command line, file, template, output or azd environment. ROTATE=webhook, key or both asks for them anew.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

Secret[] secrets =
[
    new("Bitrix24-WebhookUrl", "webhook", "Inbound webhook, https://PORTAL/rest/USER/TOKEN/", @"^https://[^/\s]+/rest/\d+/[^/\s]+/$"),
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

        if (Read(secret) is not { } value)
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
        return;

    // The app keeps a resolved reference for up to a day; this makes it look again.
    using var management = await SignedInAsync($"{manager}/.default");
    using var refreshed = await management.PostAsync(new Uri($"{manager}{app}/config/configreferences/appsettings/refresh?api-version=2022-03-01"), null);
    Console.WriteLine(refreshed.IsSuccessStatusCode ? "The app takes the new values." : $"Restart the app by hand: HTTP {(int)refreshed.StatusCode}.");
}

static async Task<bool> ExistsAsync(HttpClient http, Uri vault, Secret secret)
{
    // Lists versions: unlike reading the secret, this brings no value here.
    using var answer = await SendAsync(http, HttpMethod.Get, new Uri(vault, $"secrets/{secret.Name}/versions?api-version=7.4&maxresults=1"), null);
    if (answer.StatusCode == HttpStatusCode.NotFound)
        return false;
    answer.EnsureSuccessStatusCode();
    return JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["value"] is JsonArray { Count: > 0 };
}

// A role that was given a moment ago takes minutes to be known everywhere.
static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, Uri uri, string? body)
{
    var pause = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("RETRY_SECONDS") ?? "10", CultureInfo.InvariantCulture));
    for (var attempt = 1; ; attempt++)
    {
        using var request = new HttpRequestMessage(method, uri);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Forbidden || attempt == 30)
            return answer;
        answer.Dispose();
        Console.WriteLine("The vault does not know the role yet; waiting.");
        await Task.Delay(pause, TimeProvider.System);
    }
}

static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
    ? value
    : throw new InvalidOperationException($"{name} is not set: it is an output of the deployment.");

static string? Read(Secret secret)
{
    while (true)
    {
        Console.Write($"{secret.Text} (not shown): ");
        var value = Console.IsInputRedirected ? Console.ReadLine()?.Trim() : Hidden();
        Console.WriteLine();
        if (string.IsNullOrEmpty(value))
            return null;
        if (secret.Word == "webhook" && !value.EndsWith('/'))
            value += "/";
        if (Regex.IsMatch(value, secret.Pattern))
            return value;
        Console.WriteLine("  This is not of the expected form.");
    }
}

static string Hidden()
{
    var text = new StringBuilder();
    while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
    {
        if (key.Key == ConsoleKey.Backspace)
            text.Length = Math.Max(0, text.Length - 1);
        else if (!char.IsControl(key.KeyChar))
            text.Append(key.KeyChar);
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
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", command, .. arguments]) : new ProcessStartInfo(command, arguments);
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
