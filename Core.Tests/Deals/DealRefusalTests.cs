using System.Text.Json.Nodes;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>A deal whose product is no ticket type of otmechalka says which product that is, and what to choose.</summary>
public sealed class DealRefusalTests
{
    private readonly World world = World.Empty();

    [Theory]
    [InlineData("""{"ticket_type":["Такого нет."]}""", "Такого нет.")]
    [InlineData("""{"errors":[{"field":"ticket_type","message":"Не найден"}]}""", "Не найден")]
    [InlineData("""{"ticket_type":["Такого нет.","И не было."]}""", "Такого нет.; И не было.")]
    [InlineData("""{"errors":[{"attr":"ticket_type","code":"does_not_exist"}]}""", "проверьте значение (does_not_exist)")]
    public void Sync_TicketTypeRefused_SaysToChooseAnotherProduct(string body, string words)
    {
        var deal = SyncRefusedBy(body);

        Assert.Equal(
            $"Отмечалка не знает абонемента «{Lessons.Name.Trim()}»: выберите товар, который есть среди абонементов ({words})",
            world.DealStatus(deal)
        );
    }

    [Theory]
    [InlineData("""{"ticket_type":["Такого нет."],"employee":["И его нет."]}""")]
    [InlineData("""{"ticket_type":["Такого нет."],"detail":"Ошибка проверки данных"}""")]
    [InlineData("""{"selling_date":["Рано."]}""")]
    public void Sync_OtherFieldsRefusedToo_NamesThemAll(string body) =>
        Assert.StartsWith("Отмечалка не приняла: ", world.DealStatus(SyncRefusedBy(body)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(400)]
    public void UnknownTicket_OfAnyLength_FitsTheField(int length) =>
        Assert.InRange(
            DealTexts.UnknownTicket(new string('я', length), string.Join(' ', Enumerable.Repeat("слово", length))).Length,
            1,
            StatusLine.MostCharacters
        );

    private long SyncRefusedBy(string body)
    {
        var deal = world.AddDeal(world.AddContact());
        world.SyncContacts();
        world.Crms.Otmechalka.RefusalOf = (kind, _) => kind == "ticket" ? JsonNode.Parse(body)!.AsObject() : null;
        world.SyncDeals();
        return deal;
    }
}
