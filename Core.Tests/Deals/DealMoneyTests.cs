using System.Globalization;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Tests.Testing;
using CsCheck;
using Xunit;
using SandboxRow = B24Otmechalka.Sandbox.Bitrix24.Records.ProductRow;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>The amounts of product rows as portals reckon them, from Bitrix24's answer to otmechalka's request and the status.</summary>
public sealed class DealMoneyTests
{
    private const long ClientId = 39558;

    private static readonly Gen<decimal> Noise = Gen.Int[-4, 4].Select(thousandths => thousandths / 1000m);

    [Fact]
    public void Sync_RowWithMoreDecimalsThanKopecks_IsSentRoundedAndAddsUp() =>
        Gen.Select(Gen.Int[0, 2_000_000], Gen.Int[0, 500_000], Noise, Noise, Gen.Bool)
            .Sample(
                (price, discount, one, two, hasBrutto) =>
                {
                    var (final, less) = (price / 100m, discount / 100m);
                    var row = new SandboxRow(
                        "6 КМС индивидуальные 45 мин",
                        Math.Max(0, final + one),
                        hasBrutto ? final + less : 0,
                        Math.Max(0, less + two)
                    );

                    var (body, status) = Sync(row, "RUB");

                    Assert.Equal("Успешно", status);
                    Assert.Equal(final, Money("price_final"));
                    Assert.Equal(less, Money("discount"));
                    Assert.Equal(final + less, Money("price_initial"));

                    decimal Money(string name) => decimal.Parse(body!.Value.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
                },
                iter: 40,
                threads: 1
            );

    [Theory]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    [InlineData(2, false)]
    [InlineData(-2, false)]
    [InlineData(-30_000, false)]
    public void Sync_DiscountOffBySomeKopecks_IsTheDifferenceOnlyUpToOne(int kopecks, bool isTaken)
    {
        var (body, status) = Sync(new SandboxRow("6 КМС индивидуальные 45 мин", 8700, 9000, 300 + (kopecks / 100m)), "RUB");

        Assert.Equal(isTaken ? "Успешно" : "Неверно: " + DealTexts.PriceSum, status);
        Assert.Equal(isTaken ? "300.00" : null, body?.GetProperty("discount").GetString());
    }

    [Theory]
    [InlineData("RUR", true)]
    [InlineData("", true)]
    [InlineData("USD", false)]
    [InlineData("KZT", false)]
    public void Sync_CurrencyOfTheDeal_MustBeRoublesWhereItIsFilledIn(string currency, bool isTaken)
    {
        var (body, status) = Sync(TestCards.Lessons, currency);

        Assert.Equal(isTaken, body is not null);
        Assert.Equal(isTaken ? "Успешно" : "Неверно: " + DealTexts.Currency, status);
    }

    private static (System.Text.Json.JsonElement? Body, string? Status) Sync(SandboxRow row, string currency)
    {
        var world = World.Empty();
        world.AddClient(ClientId);
        var id = world.AddDealWith(ClientId, [row], ("CURRENCY_ID", currency));
        world.SyncDeals();
        return (world.Sent("POST tickets").Count == 0 ? null : world.SentOne("POST tickets"), world.DealStatus(id));
    }
}
