using B24Otmechalka.Core;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

/// <summary>What a person does on the page, in a real browser.</summary>
[Collection(PageFixture.Name)]
public sealed class PageTests(PageFixture fixture) : IAsyncLifetime
{
    private readonly List<string> troubles = [];
    private IPage page = null!;

    public async Task InitializeAsync() => page = await fixture.Browser.OpenAsync(fixture.Address, troubles);

    public async Task DisposeAsync()
    {
        await page.Context.CloseAsync();
        Assert.Empty(troubles);
    }

    [Fact]
    public async Task Head_OfThePage_TellsTheVersion() =>
        await Expect(page.GetByRole(AriaRole.Banner)).ToContainTextAsync("версия " + ProductVersion.Text);

    [Fact]
    public async Task AddContact_ThroughTheForm_ArrivesInOtmechalka()
    {
        await Button("Добавить контакт").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Новый контакт" });
        await form.GetByLabel("Фамилия ученика").FillAsync("Королёва");
        await form.GetByLabel("Имя ученика").FillAsync("Вероника");
        await form.GetByLabel("Фамилия родителя").FillAsync("Королёв");
        await form.GetByLabel("Имя родителя").FillAsync("Артур");
        await form.GetByLabel("Телефоны").FillAsync("8 926 555-77-01");
        await form.GetByLabel("Онлайн школа").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();
        var contact = Source("Королёва Вероника");
        await Expect(contact).ToContainTextAsync("не заполнен");

        await RunAsync("Передать контакты");

        await Expect(contact).ToContainTextAsync("Успешно");
        await Expect(Target("Королёва Вероника")).ToContainTextAsync("79265557701");
        await Expect(page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Listitem).First).ToContainTextAsync("завершена");
    }

    [Fact]
    public async Task OtmechalkaDown_Run_IsInterruptedAndTheNextOneGoesOn()
    {
        await RunAsync("Передать контакты");
        await ClearStatusAsync("Ладьин Фёдор");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Отмечалка не отвечает" }).CheckAsync();

        await RunAsync("Передать контакты");
        await Expect(page.GetByRole(AriaRole.Log).GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Отмечалка не отвечает: HTTP 503");
        await Expect(Source("Ладьин Фёдор")).ToContainTextAsync("не заполнен");

        await page.GetByRole(AriaRole.Switch, new() { Name = "Отмечалка не отвечает" }).UncheckAsync();
        await RunAsync("Передать контакты");
        await Expect(Source("Ладьин Фёдор")).ToContainTextAsync("Успешно");
    }

    [Fact]
    public async Task Refused_Record_ShowsOtmechalkasWordsAndWaitsInTheLedger()
    {
        await RunAsync("Передать контакты");
        await page.GetByLabel("Отмечалка отклоняет запись с ID").FillAsync("40003");
        await page.GetByLabel("Отмечалка отклоняет запись с ID").PressAsync("Enter");
        await ClearStatusAsync("Слонов Тимофей");

        await RunAsync("Передать контакты");

        await Expect(Source("Слонов Тимофей")).ToContainTextAsync("Отмечалка не приняла: Отказ по просьбе песочницы.");
        await Expect(page.Locator("#ledger [data-record='40003']")).ToContainTextAsync("отказ");

        await Button("Больше не отклонять 40003").ClickAsync();
        await RunAsync("Передать контакты");
        await Expect(Source("Слонов Тимофей")).ToContainTextAsync("Успешно");
    }

    [Fact]
    public async Task ClearStatus_Run_SendsTheRecordAgain()
    {
        await RunAsync("Передать контакты");
        await page.Locator("#target [data-record='40002']").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Target("Ладьин Фёдор")).ToHaveCountAsync(0);
        await ClearStatusAsync("Ладьин Фёдор");

        await RunAsync("Передать контакты");

        await Expect(Source("Ладьин Фёдор")).ToContainTextAsync("Успешно");
        await Expect(Target("Ладьин Фёдор")).ToContainTextAsync("79265550111");
    }

    [Fact]
    public async Task AddDeal_WithOneProduct_BecomesATicket()
    {
        await RunAsync("Передать контакты");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Сделки" }).ClickAsync();
        await Button("Добавить сделку").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Новая сделка" });
        await form.GetByLabel("Название", new() { Exact = true }).First.FillAsync("Абонемент Пешкина");
        await form.GetByLabel("Контакт").SelectOptionAsync("40001");
        await form.GetByLabel("Дата продажи").FillAsync("2021-02-03");
        await form.GetByLabel("Способ оплаты").SelectOptionAsync(new SelectOptionValue { Label = "Наличные" });
        await form.GetByLabel("Гоголевский").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Добавить товар" }).ClickAsync();
        var item = form.Locator(".rows li");
        await item.GetByLabel("Название").FillAsync("8 занятий групповые 60 мин");
        await item.GetByLabel("Цена").FillAsync("9000");
        await form.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("нужно число");
        await item.GetByLabel("Скидка").FillAsync("1 400,50");
        await item.GetByLabel("Итого").FillAsync("7599,50");
        await form.GetByRole(AriaRole.Button, new() { Name = "Сохранить" }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();

        await RunAsync("Передать сделки");

        await Expect(Source("Абонемент Пешкина")).ToContainTextAsync("Успешно");
        await Expect(Target("посетитель 40001")).ToContainTextAsync("скидка 1 400,50 ₽");
    }

    [Fact]
    public async Task KeyboardAlone_EditsAContactAndRunsTheJob()
    {
        await Expect(Source("Дебютов Савва")).ToBeVisibleAsync();
        await TabToAsync("Добавить контакт");
        await TabToAsync("Изменить контакт 40010, Дебютов Савва");
        await page.Keyboard.PressAsync("Enter");
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "Контакт 40010" });
        await Expect(form.GetByLabel("Фамилия ученика")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(form).ToBeHiddenAsync();
        Assert.Equal("Изменить контакт 40010, Дебютов Савва", await FocusedAsync());

        await page.Keyboard.PressAsync("Enter");
        await TabToAsync("Сколково");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await Expect(form).ToBeHiddenAsync();
        Assert.Equal("Изменить контакт 40010, Дебютов Савва", await FocusedAsync());
        await Expect(Source("Дебютов Савва")).ToContainTextAsync("Сколково");

        await TabToAsync("Передать контакты", backwards: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Source("Дебютов Савва")).ToContainTextAsync("Успешно");

        await TabToAsync("Контакты → посетители");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Сделки" })).ToBeFocusedAsync();
        await Expect(Button("Добавить сделку")).ToBeVisibleAsync();
    }

    private ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private ILocator Source(string text) => page.Locator("#source tbody tr", new() { HasText = text });

    private ILocator Target(string text) => page.Locator("#target tbody tr", new() { HasText = text });

    private async Task ClearStatusAsync(string who)
    {
        await Source(who).GetByRole(AriaRole.Button, new() { Name = "Очистить статус" }).ClickAsync();
        await Expect(Source(who)).ToContainTextAsync("не заполнен");
    }

    private async Task RunAsync(string button)
    {
        var answered = page.WaitForResponseAsync(response => response.Url.EndsWith("/run", StringComparison.Ordinal));
        await Button(button).ClickAsync();
        await answered;
        await Expect(Button(button)).ToHaveAttributeAsync("aria-disabled", "false");
    }

    private async Task TabToAsync(string name, bool backwards = false)
    {
        for (var presses = 0; presses < 150; presses++)
        {
            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
            if (await FocusedAsync() == name)
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not lead to «{name}».");
    }

    private Task<string> FocusedAsync() =>
        page.EvaluateAsync<string>(
            "() => { const e = document.activeElement; return e.ariaLabel ?? (e.labels?.[0] ?? e).textContent.trim(); }"
        );
}
