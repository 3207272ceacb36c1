using Microsoft.Playwright;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>A Chromium, Chrome or Edge without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <param name="say">Told what is being done when the browser has to be fetched first.</param>
    /// <exception cref="B24Otmechalka.Sandbox.SandboxException">There is no browser.</exception>
    public static async Task<Browser> StartAsync(Action<string> say)
    {
        var program = await BrowserProgram.FindAsync(say);
        var playwright = await Playwright.CreateAsync();
        return new Browser(
            playwright,
            await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = program.File,
                    Args = Arguments,
                    Env = Variables(program.Environment),
                }
            )
        );
    }

    /// <summary>A fresh page of 1440 pixels; what goes wrong in it is added to <paramref name="troubles"/>.</summary>
    public async Task<IPage> OpenAsync(Uri address, List<string> troubles, ColorScheme scheme = ColorScheme.Light, int height = 1130)
    {
        var context = await browser.NewContextAsync(
            new()
            {
                ColorScheme = scheme,
                Locale = "ru-RU",
                ViewportSize = new() { Width = 1440, Height = height },
            }
        );
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => troubles.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                troubles.Add(message.Text);
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal))
            {
                troubles.Add($"asked another place: {request.Url}");
            }
        };
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    /// <summary>Playwright starts the browser with these and no others.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Variables(IReadOnlyDictionary<string, string> added) =>
        Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "")
            .Where(variable => !added.ContainsKey(variable.Key))
            .Concat(added);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
