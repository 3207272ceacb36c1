using Microsoft.Playwright;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>The Chromium of this machine, without a window. Nothing is downloaded.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--no-default-browser-check",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="InvalidOperationException">There is no browser.</exception>
    public static async Task<Browser> StartAsync()
    {
        var executable = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "The page can only be tested in a browser, and no Chromium or Chrome is in the PATH. Install one, e.g. apt-get install chromium.");
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = Arguments }));
    }

    /// <summary>A fresh page of 1440 pixels; what goes wrong in it is added to <paramref name="troubles"/>.</summary>
    public async Task<IPage> OpenAsync(Uri address, List<string> troubles, ColorScheme scheme = ColorScheme.Light, int height = 1130)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ColorScheme = scheme,
            Locale = "ru-RU",
            ViewportSize = new() { Width = 1440, Height = height },
        });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => troubles.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                troubles.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal))
                troubles.Add($"asked another place: {request.Url}");
        };
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
