using System.Text.Json;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Page;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Page;

public sealed class CardTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2020, 12, 26, 12, 0, 0, TimeSpan.FromHours(3)));
    private readonly Bitrix24Portal portal;

    public CardTests() => portal = SampleData.Create(time).Portal;

    [Fact]
    public void Write_ContactAsItWasRead_ChangesNothing()
    {
        foreach (var id in portal.Contacts.Ids)
        {
            var modified = portal.Contacts.Modified(id);

            OverTheWire(ContactCard.Read(portal, id)).Write(portal, id);

            Assert.Equal((id, modified), (id, portal.Contacts.Modified(id)));
        }
    }

    [Fact]
    public void Write_DealAsItWasRead_ChangesNothing()
    {
        foreach (var id in portal.Deals.Ids)
        {
            var (modified, rows) = (portal.Deals.Modified(id), portal.ProductRows(id));

            OverTheWire(DealCard.Read(portal, id)).Write(portal, id);

            Assert.Equal((id, modified), (id, portal.Deals.Modified(id)));
            Assert.Equal(rows, portal.ProductRows(id));
        }
    }

    [Fact]
    public void Write_ChangedDate_IsTheOneThatIsRead()
    {
        var card = ContactCard.Read(portal, 39558);
        Assert.Equal("2009-11-29", card.Birthdate);

        (card with { Birthdate = "2009-11-30", Phones = ["+7 926 555-00-00"] }).Write(portal, 39558);

        var changed = ContactCard.Read(portal, 39558);
        Assert.Equal("2009-11-30", changed.Birthdate);
        Assert.Equal(["+7 926 555-00-00"], changed.Phones);
        Assert.Equal(time.GetUtcNow(), changed.Modified);
    }

    [Fact]
    public void Write_NewDeal_HasItsRowsAndSum()
    {
        var id = new DealCard
        {
            Title = "Новая",
            Stage = "WON",
            Seller = "12288",
            Rows = [new DealRow(0, "8 занятий групповые 60 мин", 9000, 300.5m, 8699.5m, 2)],
        }.Write(portal, null);

        var row = Assert.Single(portal.ProductRows(id));
        Assert.Equal((9000, 300.5m, 8699.5m, 2), (row.Brutto, row.Discount, row.Price, row.Quantity));
        Assert.Equal("17399.00", portal.Deals.Text(id, "OPPORTUNITY"));
        Assert.Equal("0", portal.Deals.Text(id, "CONTACT_ID"));
        Assert.Equal("S", portal.Deals.Text(id, "STAGE_SEMANTIC_ID"));
    }

    private static T OverTheWire<T>(T card) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(card, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
}
