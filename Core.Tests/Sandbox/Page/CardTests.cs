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
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2020, 12, 26, 12, 0, 0, TimeSpan.FromHours(3)));
    private readonly Bitrix24Portal _portal;

    public CardTests() => _portal = SampleData.Create(_time).Portal;

    [Fact]
    public void Write_ContactAsItWasRead_ChangesNothing()
    {
        foreach (var id in _portal.Contacts.Ids)
        {
            var modified = _portal.Contacts.Modified(id);

            OverTheWire(ContactCard.Read(_portal, id)).Write(_portal, id);

            Assert.Equal((id, modified), (id, _portal.Contacts.Modified(id)));
        }
    }

    [Fact]
    public void Write_DealAsItWasRead_ChangesNothing()
    {
        foreach (var id in _portal.Deals.Ids)
        {
            var (modified, rows) = (_portal.Deals.Modified(id), _portal.ProductRows(id));

            OverTheWire(DealCard.Read(_portal, id)).Write(_portal, id);

            Assert.Equal((id, modified), (id, _portal.Deals.Modified(id)));
            Assert.Equal(rows, _portal.ProductRows(id));
        }
    }

    [Fact]
    public void Write_ChangedDate_IsTheOneThatIsRead()
    {
        var card = ContactCard.Read(_portal, 39558);
        Assert.Equal("2009-11-29", card.Birthdate);

        (card with { Birthdate = "2009-11-30", Phones = ["+7 926 555-00-00"] }).Write(_portal, 39558);

        var changed = ContactCard.Read(_portal, 39558);
        Assert.Equal("2009-11-30", changed.Birthdate);
        Assert.Equal(["+7 926 555-00-00"], changed.Phones);
        Assert.Equal(_time.GetUtcNow(), changed.Modified);
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
        }.Write(_portal, null);

        var row = Assert.Single(_portal.ProductRows(id));
        Assert.Equal((9000, 300.5m, 8699.5m, 2), (row.Brutto, row.Discount, row.Price, row.Quantity));
        Assert.Equal("17399.00", _portal.Deals.Text(id, "OPPORTUNITY"));
        Assert.Equal("0", _portal.Deals.Text(id, "CONTACT_ID"));
        Assert.Equal("S", _portal.Deals.Text(id, "STAGE_SEMANTIC_ID"));
    }

    private static T OverTheWire<T>(T card) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(card, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;
}
