using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>Basics of accessibility, checked in a real browser in both colour schemes.</summary>
[Collection(PageFixture.Name)]
public sealed class AccessibilityTests(PageFixture fixture)
{
    /// <summary>Texts whose contrast with what lies behind them is below 4.5 : 1 (WCAG 2.2, 1.4.3).</summary>
    private const string LowContrast = """
        () => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = channels(getComputedStyle(e).backgroundColor);
              if (color.length < 4 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          const low = new Set();
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode.textContent.trim();
            const element = texts.currentNode.parentElement;
            if (!text || !element.checkVisibility()) continue;
            const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))].sort((x, y) => y - x);
            const contrast = (a + 0.05) / (b + 0.05);
            if (contrast < 4.5) low.add(`${text}: ${contrast.toFixed(2)}`);
          }
          return [...low];
        }
        """;

    /// <summary>Fields and buttons without a name that a screen reader could say, tables without a caption.</summary>
    private const string Nameless = """
        () => [
          ...[...document.querySelectorAll('input, select, textarea')]
            .filter(e => !e.ariaLabel && !(e.labels?.length && e.labels[0].textContent.trim())),
          ...[...document.querySelectorAll('button')].filter(e => !(e.ariaLabel ?? e.textContent).trim()),
          ...[...document.querySelectorAll('table')].filter(e => !e.caption?.textContent),
          ...[...document.querySelectorAll('th')].filter(e => !e.scope || !e.textContent.trim()),
          ...[...document.querySelectorAll('img')].filter(e => !e.hasAttribute('alt')),
          ...[...document.querySelectorAll('[aria-labelledby]')]
            .filter(e => !document.getElementById(e.getAttribute('aria-labelledby'))?.textContent.trim() && e.tagName !== 'DIALOG'),
        ].map(e => e.outerHTML.slice(0, 120))
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_EveryView_CanBeReadAndNamed(ColorScheme scheme)
    {
        var troubles = new List<string>();
        var page = await fixture.Browser.OpenAsync(fixture.Address, troubles, scheme);
        foreach (var (tab, job) in new[] { ("Контакты", "Передать контакты"), ("Сделки", "Передать сделки") })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = job }).ClickAsync();
            await Expect(page.Locator("#target tbody tr[data-record]").First).ToBeVisibleAsync();
            await CheckAsync(page);
            await page.Locator("#source [data-action=edit]").First.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await CheckAsync(page);
            await page.Keyboard.PressAsync("Escape");
        }

        await page.Context.CloseAsync();
        Assert.Empty(troubles);
    }

    [Fact]
    public async Task Page_Document_HasLanguageTitleLandmarksAndOneHeading()
    {
        var page = await fixture.Browser.OpenAsync(fixture.Address, []);

        Assert.Equal("ru", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal("Песочница: Битрикс24 → отмечалка", await page.TitleAsync());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Banner)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Log)).ToHaveAttributeAsync("aria-live", "polite");
        await page.Context.CloseAsync();
    }

    private static async Task CheckAsync(IPage page)
    {
        Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
        Assert.Empty(await page.EvaluateAsync<string[]>(LowContrast));
    }
}
