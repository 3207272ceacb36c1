using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Jobs;
using B24Otmechalka.Sandbox.Page;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>Takes the pictures of the README, when asked for by an environment variable.</summary>
public sealed class ScreenshotTests
{
    /// <summary>The folder the pictures go to, e.g. <c>docs/images</c> with its full path.</summary>
    private const string Wanted = "SANDBOX_SCREENSHOTS";

    [Fact]
    public async Task Screenshots_WhenWanted_AreTaken()
    {
        if (Environment.GetEnvironmentVariable(Wanted) is not { Length: > 0 } folder)
        {
            return;
        }

        await using var sandbox = await RunningSandbox.StartAsync(new SandboxPorts(), 0, CancellationToken.None);
        await using var host = await PageHost.StartAsync(
            sandbox,
            new JobTimers(sandbox.Jobs, TimeProvider.System, TimeSpan.FromMinutes(1)),
            0,
            CancellationToken.None
        );
        await using var browser = await Browser.StartAsync(Console.Error.WriteLine);
        foreach (var (scheme, suffix) in new[] { (ColorScheme.Light, ""), (ColorScheme.Dark, "-dark") })
        {
            var page = await browser.OpenAsync(host.Address, [], scheme, height: 1120);
            await Expect(page.Locator("#source tbody tr").First).ToBeVisibleAsync();
            if (scheme == ColorScheme.Light)
            {
                await PlayAsync(page);
            }

            await page.Mouse.MoveAsync(0, 0);
            await page.Locator("#target [data-record]").First.HoverAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sandbox{suffix}.png") });
            await page.Locator("#source [data-record='40001'] [data-action=edit]").ClickAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sandbox-contact{suffix}.png") });
            await page.Keyboard.PressAsync("Escape");
            await page.GetByRole(AriaRole.Tab, new() { Name = "Сделки" }).ClickAsync();
            await page.Locator("#source [data-record='96304'] [data-action=edit]").ClickAsync();
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sandbox-deal{suffix}.png") });
            await page.Context.CloseAsync();
        }
    }

    /// <summary>Something to see: both jobs have run, otmechalka was away for a while and refuses one contact.</summary>
    private static async Task PlayAsync(IPage page)
    {
        await RunAsync(page, "Передать контакты");
        await RunAsync(page, "Передать сделки");
        await page.GetByLabel("Отмечалка отклоняет запись с ID").FillAsync("40018");
        await page.GetByLabel("Отмечалка отклоняет запись с ID").PressAsync("Enter");
        await page.Locator("#source [data-record='40018'] [data-action=clear]").ClickAsync();
        await page.Locator("#source [data-record='40019'] [data-action=clear]").ClickAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Отмечалка не отвечает" }).CheckAsync();
        await RunAsync(page, "Передать контакты");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Отмечалка не отвечает" }).UncheckAsync();
        await RunAsync(page, "Передать контакты");
        await Expect(page.Locator("#source [data-record='40018']")).ToContainTextAsync("не приняла");
    }

    private static async Task RunAsync(IPage page, string button)
    {
        var answered = page.WaitForResponseAsync(response => response.Url.EndsWith("/run", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await answered;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = button })).ToHaveAttributeAsync("aria-disabled", "false");
    }
}
