using B24Otmechalka.Core.Tests.Sandbox.Page;
using Microsoft.Playwright;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs.Api;

[Collection(PageFixture.Name)]
public sealed class ApiPageViewTests(PageFixture fixture)
{
    [Fact]
    public async Task Page_OpenedAsAFile_ShowsEveryCallAndAsksNobody()
    {
        List<string> troubles = [];
        var address = new Uri(Documents.At("docs", "otmechalka-api.html"));

        var page = await fixture.Browser.OpenAsync(address, troubles);

        foreach (
            var call in new[] { "Найти посетителя по внешнему ID", "Создать посетителя", "Создать абонемент", "Проверка связи и ключа" }
        )
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = call })).ToBeVisibleAsync();
        }

        await page.Context.CloseAsync();
        Assert.Empty(troubles);
    }
}
