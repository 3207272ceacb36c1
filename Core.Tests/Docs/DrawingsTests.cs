using B24Otmechalka.Core.Tests.Sandbox.Page;
using Microsoft.Playwright;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>
/// The drawn steps of the guides, in a real browser: whatever font it has, each text stays in its box and covers no other.
/// </summary>
[Collection(PageFixture.Name)]
public sealed class DrawingsTests(PageFixture fixture)
{
    private const string Overflowing = """
        () => {
          const box = e => {
            const { x, y, width, height } = e.getBBox();
            return { left: x, top: y, right: x + width, bottom: y + height };
          };
          const rects = [...document.querySelectorAll('rect, circle')].map(box);
          const texts = [...document.querySelectorAll('text')].map(e => ({ text: e.textContent, ...box(e) }));
          const holds = (r, x, y) => r.left <= x && x <= r.right && r.top <= y && y <= r.bottom;
          const size = r => (r.right - r.left) * (r.bottom - r.top);
          const wrong = [];
          for (const t of texts) {
            const middle = (t.top + t.bottom) / 2;
            const around = rects.filter(r => holds(r, (t.left + t.right) / 2, middle) || holds(r, t.left, middle));
            const inner = around.sort((a, b) => size(a) - size(b))[0];
            if (!inner || t.left < inner.left || t.right > inner.right) wrong.push(`${t.text}: leaves its box`);
            for (const o of texts) {
              const over = Math.min(t.right, o.right) - Math.max(t.left, o.left);
              const deep = Math.min(t.bottom, o.bottom) - Math.max(t.top, o.top);
              if (o !== t && over > 2 && deep > 4) wrong.push(`${t.text}: covers «${o.text}»`);
            }
          }
          return texts.length === 0 ? ['no text'] : wrong;
        }
        """;

    public static TheoryData<string> Drawings =>
        [.. Directory.EnumerateFiles(Documents.At("docs", "images"), "*.svg").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Drawings))]
    public async Task Drawing_InABrowser_KeepsItsTextsApart(string drawing)
    {
        var troubles = new List<string>();
        var page = await fixture.Browser.OpenAsync(new Uri(Documents.At("docs", "images", drawing)), troubles);

        Assert.Empty(await page.EvaluateAsync<string[]>(Overflowing));
        Assert.Empty(troubles);
        await page.Context.CloseAsync();
    }
}
