using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Cli;

/// <summary>Each thing that can have become of a record is told by <c>why</c>, in both languages within eighty columns.</summary>
public sealed class WhyFateTests : IDisposable
{
    private readonly CliDriver cli = new(World.Empty());

    private World World => cli.World;

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Why_Contact_TellsItsFate()
    {
        var old = World.Start.AddDays(-100);
        ExpectContact("createdTooEarly", World.ImportContact(old, World.Start), "Не передаётся: карточка создана 16.09.2020");
        var camp = World.AddContact((SampleFields.Product, TestCards.List("406")));
        ExpectContact("outOfScope", camp, "(Продукт: 406 «Шахматный лагерь»; Филиал: ничего не выбрано). Статус при этом «Успешно»");
        ExpectContact("invalid", World.AddContact(("PHONE", null)), "Не заполнено: телефон. Исправьте карточку");
        ExpectContact("toBeSent", World.AddContact(), "Ещё не передано: заполнено верно, уйдёт со следующей проверкой");
        World.SyncContacts();
        ExpectContact("outOfScope", camp, "Статус при этом «Успешно»");
        var delivered = World.AddContact();
        World.SyncContacts();
        ExpectContact("delivered", delivered, "В отмечалке есть (передано 25.12.2020)");
        World.Time.Advance(TimeSpan.FromMinutes(1));
        World.EditContact(delivered, ("NAME", "Пётр"));
        ExpectContact("deliveredAndChanged", delivered, "Правки уйдут со следующей проверкой");
        World.SyncContacts();
        World.Crms.Otmechalka.Store.DeleteClient(Text(delivered));
        ExpectContact("vanished", delivered, "но теперь нет: там удалили");
        World.Crms.Otmechalka.RefusalOf = (_, _) => new JsonObject { ["detail"] = "Лимит посетителей исчерпан." };
        var refused = World.AddContact();
        World.SyncContacts();
        ExpectContact("refused", refused, "Отмечалка не приняла: Лимит посетителей исчерпан. Повторим сами");
    }

    [Fact]
    public void Why_Deal_TellsItsFate()
    {
        var contact = World.AddContact();
        ExpectDeal(
            "otherStage",
            World.AddDeal(contact, ("STAGE_ID", "NEW")),
            "сделка на стадии «Новая», а передаётся на стадии «Сделка успешна»"
        );
        ExpectDeal("template", World.AddDeal(contact, ("IS_RECURRING", "Y")), "шаблон регулярной сделки");
        ExpectDeal("toBeSent", World.AddDeal(contact), "Ещё не передано");
        ExpectDeal("invalid", World.AddDeal(contact, (SampleFields.PaymentMethod, null)), "Не заполнено: способ оплаты");
        World.SyncContacts();
        var deal = World.AddDeal(contact);
        World.SyncDeals();
        ExpectDeal("delivered", deal, "Абонемент в отмечалке есть (передано 25.12.2020)");
        World.EditDeal(deal, ("STAGE_ID", "LOSE"));
        ExpectDeal("delivered", deal, "хотя сделка теперь на стадии «Сделка провалена»");
        var broken = World.AddContact(("PHONE", null));
        var waiting = World.AddDeal(broken);
        ExpectDeal("toBeSent", waiting, "сначала в отмечалке нужен ученик");
        World.SyncContacts();
        World.SyncDeals();
        ExpectDeal("waitsForClient", waiting, $"Уйдёт сразу за контактом {broken}");
    }

    [Fact]
    public void Why_PupilStandsTwice_NamesTheOtherCard()
    {
        var first = World.AddContact();
        var second = World.AddContact(("PHONE", "+7 999 000-00-00"));
        World.AddContact((SampleFields.Birthdate, "2001-01-01"), ("PHONE", "+7 999 000-00-01")); // a namesake

        cli.Run("why", "contact", Text(first), "--json");

        Assert.Equal([Text(second)], cli.Json["samePupil"]!.AsArray().Select(card => (string?)card!["id"]));
    }

    [Fact]
    public void Why_DealWithoutAContact_SaysSo()
    {
        var deal = World.AddDeal(0);

        cli.Run("why", "deal", Text(deal));

        Assert.Contains("The deal has no contact", cli.Output, StringComparison.Ordinal);
    }

    private void ExpectContact(string fate, long id, string words) => Expect(fate, "contact", id, words);

    private void ExpectDeal(string fate, long id, string words) => Expect(fate, "deal", id, words);

    private void Expect(string fate, string entity, long id, string words)
    {
        cli.Run("why", entity, Text(id), "--json");
        var record = entity == "contact" ? cli.Json["contact"] : cli.Json["deals"]![0];
        Assert.Equal((Text(id), fate), ((string?)record!["id"], (string?)record["fate"]));
        foreach (var language in new[] { "en", "ru" })
        {
            Assert.Equal(0, cli.Run("why", entity, Text(id), "--lang", language));
            Assert.All(cli.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
            Assert.DoesNotContain("{", cli.Output, StringComparison.Ordinal);
        }

        Assert.Contains(words, string.Join(' ', cli.Output.Split('\n').Select(line => line.Trim())), StringComparison.Ordinal);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
