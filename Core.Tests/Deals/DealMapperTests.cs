using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>The prices and shapes that the emulated portal does not print; the rest of 5.2 is tested over HTTP.</summary>
public sealed class DealMapperTests
{
    private static readonly Dictionary<string, string> Complete = new()
    {
        ["STAGE_ID"] = "\"WON\"",
        ["CONTACT_ID"] = "\"39558\"",
        ["ASSIGNED_BY_ID"] = "\"12288\"",
        ["DATE"] = "\"2020-12-13T03:00:00+03:00\"",
        ["BRANCH"] = "[186]",
        ["PAYMENT"] = "\"452\"",
    };

    private readonly DealMapper mapper = new(
        new DealMapping
        {
            StatusField = "STATUS",
            Stages = ["WON"],
            SellingDateField = "DATE",
            BranchField = "BRANCH",
            PaymentMethodField = "PAYMENT",
            CashPaymentMethods = ["450"],
            BranchOffices = new Dictionary<string, string> { ["186"] = "b1", ["12706"] = "b2" },
        }
    );

    [Theory]
    [InlineData("9000", "300", "8700", "9000.00", "300.00", "8700.00")]
    [InlineData("9000.50", "300.25", "8700.25", "9000.50", "300.25", "8700.25")]
    [InlineData("9000.5", "0", "9000.5", "9000.50", "0.00", "9000.50")]
    [InlineData("0.30", "0.10", "0.20", "0.30", "0.10", "0.20")] // never double
    [InlineData("9E3", "3e2", "8.7E+3", "9000.00", "300.00", "8700.00")]
    [InlineData("9000.0000", "300.000", "8700.00", "9000.00", "300.00", "8700.00")] // trailing noughts are no decimals
    [InlineData("0", "0", "0", "0.00", "0.00", "0.00")]
    [InlineData("1234567890.12", "0.02", "1234567890.10", "1234567890.12", "0.02", "1234567890.10")]
    [InlineData("9000", null, "9000", "9000.00", "0.00", "9000.00")] // an absent discount is none
    [InlineData("9000", "", "9000", "9000.00", "0.00", "9000.00")]
    public void Map_PricesThatAddUp_AreSentWithTwoDecimals(
        string brutto,
        string? discount,
        string price,
        string initial,
        string less,
        string final
    )
    {
        var ticket = Ready(Row(brutto, discount, price));

        Assert.Equal((initial, less, final), (ticket.PriceInitial, ticket.Discount, ticket.PriceFinal));
    }

    [Theory]
    [InlineData("много", "0", "9000", DealTexts.PriceFormat)]
    [InlineData("9 000", "0", "9000", DealTexts.PriceFormat)]
    [InlineData("9,5", "0", "9.5", DealTexts.PriceFormat)]
    [InlineData("9000|RUB", "0", "9000", DealTexts.PriceFormat)]
    [InlineData("9000", "нет", "9000", DealTexts.PriceFormat)]
    [InlineData("-9000", "0", "-9000", DealTexts.NegativePrice)]
    [InlineData("9000", "-300", "9300", DealTexts.NegativePrice)]
    [InlineData("300", "9000", "-8700", DealTexts.NegativePrice)]
    [InlineData("9000", "300", "8700.02", DealTexts.PriceSum)]
    [InlineData("9000", "300", "8699.98", DealTexts.PriceSum)]
    [InlineData("9000", "300", "8700.015", DealTexts.PriceSum)] // two kopecks off after rounding
    [InlineData("8700", "0", "8700.01", DealTexts.NegativePrice)] // no discount makes a price dearer
    [InlineData("0", "-300", "8700", DealTexts.NegativePrice)]
    [InlineData("0", "нет", "8700", DealTexts.PriceFormat)]
    [InlineData("0", "0", "-1", DealTexts.NegativePrice)]
    [InlineData("9000", "300", "9000", DealTexts.PriceSum)]
    [InlineData("9000", null, "8700", DealTexts.PriceSum)]
    public void Map_PricesThatAreWrong_SayHow(string brutto, string? discount, string price, string problem) =>
        Assert.Equal("Неверно: " + problem, Invalid(Row(brutto, discount, price)));

    [Theory]
    [InlineData("9000.005", "0", "9000.005", "9000.01", "0.00", "9000.01")] // half away from zero
    [InlineData("9000.0049999", "0", "9000.0049999", "9000.00", "0.00", "9000.00")]
    [InlineData("9000", "299.9999999999991", "8700.000000000001", "9000.00", "300.00", "8700.00")]
    [InlineData("22175.328", "0", "22175.328", "22175.33", "0.00", "22175.33")]
    [InlineData("24639.25", "2463.925", "22175.325", "24639.25", "2463.92", "22175.33")] // both halves go up
    [InlineData("9000", "300", "8700.01", "9000.00", "299.99", "8700.01")]
    [InlineData("9000", "300", "8699.99", "9000.00", "300.01", "8699.99")]
    [InlineData("8700", "0.01", "8700", "8700.00", "0.00", "8700.00")]
    [InlineData("8700", "-0.01", "8700", "8700.00", "0.00", "8700.00")]
    [InlineData("8700", "-0.0001", "8700", "8700.00", "0.00", "8700.00")] // never -0.00
    [InlineData(
        "8.7000000000000000000000000000000000001e3",
        "1e-400",
        "8700.0000000000000000000000000000000000001",
        "8700.00",
        "0.00",
        "8700.00"
    )]
    public void Map_PricesThatBitrix24Rounds_AreSentAsTheyAddUp(
        string brutto,
        string? discount,
        string price,
        string initial,
        string less,
        string final
    )
    {
        var ticket = Ready(Row(brutto, discount, price));

        Assert.Equal((initial, less, final), (ticket.PriceInitial, ticket.Discount, ticket.PriceFinal));
    }

    [Theory]
    [InlineData("0", "300", "8700", "9000.00", "300.00")]
    [InlineData(null, "300", "8700", "9000.00", "300.00")]
    [InlineData("0.00", null, "8700", "8700.00", "0.00")]
    [InlineData("", "", "8700", "8700.00", "0.00")]
    [InlineData("0.004", "0.004", "8700.004", "8700.00", "0.00")] // rounded before anything else
    [InlineData("0", "500", "0", "500.00", "500.00")] // a gift
    [InlineData("-0.0", "300", "8700", "9000.00", "300.00")]
    public void Map_InitialPriceAbsentOrZero_IsPriceAndDiscount(string? brutto, string? discount, string price, string initial, string less)
    {
        foreach (var tax in new[] { null, "0", "20" })
        {
            var ticket = Ready(Row(brutto, discount, price, tax: tax));

            Assert.Equal((initial, less), (ticket.PriceInitial, ticket.Discount));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"RUB\"")]
    [InlineData("\" rub \"")]
    [InlineData("\"RUR\"")]
    [InlineData("\"RUB\\u200b\"")]
    public void Map_CurrencyRoublesOrNotFilledIn_IsTaken(string? currency) => Ready(Row("1", "0", "1"), ("CURRENCY_ID", currency));

    [Theory]
    [InlineData("\"USD\"")]
    [InlineData("\"BYN\"")]
    [InlineData("\"RUBLE\"")]
    [InlineData("\"0\"")]
    [InlineData("\"\\ud800\"")]
    public void Map_AnotherCurrency_IsAFormatErrorOfItsOwn(string currency) =>
        Assert.Equal("Неверно: " + DealTexts.Currency, Invalid(Row("1", "0", "1"), ("CURRENCY_ID", currency)));

    [Fact]
    public void Columns_NameTheCurrency() => Assert.Contains("CURRENCY_ID", mapper.Columns);

    [Theory]
    [InlineData("9000", null)]
    [InlineData(null, null)]
    [InlineData("", "")]
    public void Map_PriceAbsent_IsMissing(string? brutto, string? price) =>
        Assert.Equal("Не заполнено: " + DealTexts.Price, Invalid(Row(brutto, "0", price)));

    [Theory]
    [InlineData("100000", "9090.91", "90000", "10", "10000.00")] // docs/bitrix24.md, section 7: the row's discount is net of tax
    [InlineData("9000", "0", "9000", "20", "0.00")]
    [InlineData("9000", null, "8700", "20", "300.00")]
    [InlineData("9000", "272.727272", "8700", "0.5", "300.00")] // its decimals do not matter then
    public void Map_RowWithTax_DiscountIsBruttoLessPrice(string brutto, string? discount, string price, string tax, string expected) =>
        Assert.Equal(expected, Ready(Row(brutto, discount, price, tax: tax)).Discount);

    [Fact]
    public void Map_RowWithTaxDearerThanBrutto_IsNegative() =>
        Assert.Equal("Неверно: " + DealTexts.NegativePrice, Invalid(Row("8700", "0", "9000", tax: "20")));

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("")]
    public void Map_RowWithoutTax_ChecksTheDiscount(string? tax) =>
        Assert.Equal("Неверно: " + DealTexts.PriceSum, Invalid(Row("9000", "272.73", "8700", tax: tax)));

    [Theory]
    [InlineData("1.0000")]
    [InlineData("1E0")]
    [InlineData("1.0")]
    [InlineData("1.0000000000000002")]
    [InlineData("0.99999999999")]
    public void Map_QuantityOneInAnySpelling_IsTaken(string quantity) => Ready(Row("1", "0", "1", quantity));

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("1.0001")]
    [InlineData("штука")]
    [InlineData(null)]
    public void Map_QuantityNotOne_IsAFormatError(string? quantity) =>
        Assert.Equal("Неверно: " + DealTexts.Quantity, Invalid(Row("1", "0", "1", quantity)));

    [Theory]
    [InlineData("CONTACT_ID", DealTexts.Client)]
    [InlineData("DATE", DealTexts.SellingDate)]
    [InlineData("BRANCH", DealTexts.Branch)]
    [InlineData("ASSIGNED_BY_ID", DealTexts.Seller)]
    [InlineData("PAYMENT", DealTexts.PaymentMethod)]
    public void Map_RequiredFieldEmptyInAnySpelling_IsMissing(string field, string name)
    {
        foreach (var empty in new[] { null, "null", "\"\"", "\" \"", "false", "[]", "{}" })
        {
            Assert.Equal("Не заполнено: " + name, Invalid(Row("1", "0", "1"), (field, empty)));
        }
    }

    [Theory]
    [InlineData("CONTACT_ID", DealTexts.Client)]
    [InlineData("ASSIGNED_BY_ID", DealTexts.Seller)]
    [InlineData("PAYMENT", DealTexts.PaymentMethod)]
    public void Map_ReferenceZero_IsMissing(string field, string name)
    {
        Assert.Equal("Не заполнено: " + name, Invalid(Row("1", "0", "1"), (field, "\"0\"")));
        Assert.Equal("Не заполнено: " + name, Invalid(Row("1", "0", "1"), (field, "0")));
    }

    [Theory]
    [InlineData("450", "CASH")]
    [InlineData("\"450\"", "CASH")]
    [InlineData("[450]", "CASH")]
    [InlineData("452", "ONLINE")]
    [InlineData("\"454\"", "ONLINE")]
    public void Map_PaymentMethod_IsCashOnlyForThoseListed(string value, string expected) =>
        Assert.Equal(expected, Ready(Row("1", "0", "1"), ("PAYMENT", value)).PaymentMethod);

    [Theory]
    [InlineData("[186,186]", "b1")]
    [InlineData("[348,12706]", "b2")]
    [InlineData("\"186\"", "b1")]
    [InlineData("{\"0\":\"12706\",\"1\":348}", "b2")]
    public void Map_OneSupportedBranch_IsSent(string branches, string expected) =>
        Assert.Equal(expected, Ready(Row("1", "0", "1"), ("BRANCH", branches)).SellingBranchOffice);

    [Fact]
    public void Map_NothingRight_NamesEverythingWithinAStatus()
    {
        var deal = Card([.. Complete.Keys.Select(field => (field, (string?)null))]);

        var status = Assert.IsType<MappingResult.Invalid>(mapper.Map(deal, new DealDetails([], null))).Status;

        Assert.Equal(
            "Не заполнено: контакт сделки, товар (добавьте один на вкладке «Товары»), дата продажи, филиал, ответственный, способ оплаты",
            status
        );
    }

    [Theory]
    [InlineData("-79228162514264337593543950335", "1", "20")] // the discount of a taxed row is a difference
    [InlineData("79228162514264337593543950335", "-79228162514264337593543950335", "20")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335", "0")]
    [InlineData("1000000000001", "1000000000001", "0")]
    public void Map_PricesBeyondAllBounds_AreAFormatError(string brutto, string price, string tax) =>
        Assert.Contains(DealTexts.PriceFormat, Invalid(Row(brutto, "0", price, tax: tax)), StringComparison.Ordinal);

    private Core.Otmechalka.Ticket Ready(ProductRow row, params (string Field, string? Json)[] changes) =>
        Assert.IsType<ReadyTicket>(mapper.Map(Card(changes), new DealDetails([row], "Андрей Сергеев"))).Ticket;

    private string Invalid(ProductRow row, params (string Field, string? Json)[] changes) =>
        Assert.IsType<MappingResult.Invalid>(mapper.Map(Card(changes), new DealDetails([row], "Андрей Сергеев"))).Status;

    private static ProductRow Row(string? brutto, string? discount, string? price, string? quantity = "1", string? tax = "0") =>
        new(
            "6 КМС",
            ProductRow.Read(new DealRow(null, quantity, null, null, null, null)).Quantity,
            Read(brutto),
            Read(discount),
            Read(price),
            Decimal(tax)
        );

    // As the reader does: an empty text is none.
    private static Amount Read(string? text) => Amount.Read(string.IsNullOrEmpty(text) ? null : text);

    private static decimal? Decimal(string? text) => Amount.TryParse(text, out var value) ? value : null;

    private static Card Card(params (string Field, string? Json)[] changes)
    {
        var members = new Dictionary<string, string?>(Complete!);
        foreach (var (field, json) in changes)
        {
            members[field] = json;
        }

        return TestCards.Card(
            string.Join(',', members.Where(member => member.Value is not null).Select(member => $"\"{member.Key}\":{member.Value}"))
        );
    }
}
