using System.Text.Json;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;
using SandboxRow = B24Otmechalka.Sandbox.Bitrix24.Records.ProductRow;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>Each row of the table of docs/spec.md, section 5.2, from the portal's card to the body that otmechalka gets.</summary>
public sealed class DealJobTests
{
    private const long ClientId = 39558;

    [Fact]
    public void Sync_CompleteDeal_SendsEveryRowInTheTablesOrder()
    {
        var world = World.Empty();
        world.AddClient(ClientId);
        var id = world.AddDeal(ClientId);

        var report = world.SyncDeals();

        Assert.Equal(
            $$"""{"origin_id":"{{id}}","client_origin_id":"39558","ticket_type":"6 КМС индивидуальные 45 мин","price_initial":"9000"""
                + """.00","discount":"300.00","price_final":"8700.00","selling_date":"2020-12-13","selling_branchoffice":"26"""
                + """34","employee":"Андрей Сергеев","payment_method":"ONLINE"}""",
            Assert.Single(world.Sent("POST tickets"))
        );
        Assert.Equal("Успешно", world.DealStatus(id));
        Assert.Equal((RunOutcome.Completed, 1, 1, 1), (report.Outcome, report.Read, report.Created, report.StatusesWritten));
    }

    [Theory]
    [InlineData("186", "2634")]
    [InlineData("12706", "2635")]
    [InlineData("186,348", "2634")] // unsupported ones are ignored first
    [InlineData("348,12706", "2635")]
    public void Sync_OneSupportedBranch_SendsItsBranchOffice(string branches, string expected) =>
        Assert.Equal(expected, Send((Branch, branches.Split(','))).GetProperty("selling_branchoffice").GetString());

    [Theory]
    [InlineData("450", "CASH")]
    [InlineData("452", "ONLINE")]
    [InlineData("454", "ONLINE")]
    public void Sync_PaymentMethod_IsCashOnlyFor450(string value, string expected) =>
        Assert.Equal(expected, Send((PaymentMethod, value)).GetProperty("payment_method").GetString());

    [Theory]
    [InlineData("2020-12-13")]
    [InlineData("2020-12-13T00:00:00+03:00")]
    [InlineData("2020-12-13T23:59:59-11:00")]
    public void Sync_SellingDate_IsTheDateAsWrittenWithItsOwnOffset(string written) =>
        Assert.Equal("2020-12-13", Send((SellingDate, written)).GetProperty("selling_date").GetString());

    [Fact]
    public void Sync_UnsupportedBranchesOnly_IsOutOfScopeWithoutReadingItsDetails()
    {
        var world = World.Empty();
        var id = world.AddDealWith(0, [], (Branch, List("348")), (SellingDate, "нет"));

        var report = world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(id));
        Assert.Equal((1, 0), (report.OutOfScope, report.OtmechalkaRequests));
        Assert.Equal(0, world.Crms.Bitrix24Endpoint.Traffic.Of("crm.deal.productrows.get"));
        Assert.NotNull(world.State(SyncJob.Deals)!.Checkpoint);
    }

    [Theory]
    [InlineData(Branch, "186,12706", "Неверно: " + DealTexts.SeveralBranches)]
    [InlineData(Branch, "", "Не заполнено: " + DealTexts.Branch)]
    [InlineData("CONTACT_ID", "0", "Не заполнено: " + DealTexts.Client)]
    [InlineData("CONTACT_ID", "", "Не заполнено: " + DealTexts.Client)]
    [InlineData(SellingDate, "", "Не заполнено: " + DealTexts.SellingDate)]
    [InlineData(SellingDate, "2020-02-30", "Неверно: " + DealTexts.WrongSellingDate)]
    [InlineData(PaymentMethod, "", "Не заполнено: " + DealTexts.PaymentMethod)]
    [InlineData("ASSIGNED_BY_ID", "0", "Не заполнено: " + DealTexts.Seller)]
    public void Sync_FieldMissingOrWrong_HasItsOwnSentence(string field, string value, string status) =>
        Assert.Equal(
            status,
            Refuse([Lessons], field == Branch ? (field, value.Split(',', StringSplitOptions.RemoveEmptyEntries)) : (field, value))
        );

    public static TheoryData<int, string> Rows =>
        new()
        {
            { 0, "Не заполнено: " + DealTexts.Product },
            { 1, "Неверно: " + DealTexts.SeveralProducts },
            { 2, "Неверно: " + DealTexts.Quantity },
            { 3, "Неверно: " + DealTexts.Quantity },
            { 4, "Неверно: " + DealTexts.NegativePrice },
            { 5, "Неверно: " + DealTexts.PriceSum },
            { 6, "Неверно: " + DealTexts.PriceFormat },
            { 7, "Не заполнено: " + DealTexts.ProductName },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Sync_ProductRowsWrong_HasItsOwnSentence(int number, string status)
    {
        SandboxRow[][] cases =
        [
            [],
            [Lessons, Lessons],
            [Lessons with { Quantity = 2 }],
            [Lessons with { Quantity = 0.5m }],
            [new("x", -1, -1)],
            [new("x", 8700, 9000)],
            [new("x", 2_000_000_000_000m, 2_000_000_000_000m)],
            [new("  ", 9000, 9000, 0)],
        ];

        Assert.Equal(status, Refuse(cases[number]));
    }

    [Fact]
    public void Sync_EverythingWrong_NamesAllInOneText()
    {
        var status = Refuse(
            [Lessons with { Quantity = 3 }],
            ("CONTACT_ID", "0"),
            (Branch, List("186", "12706")),
            (SellingDate, "x"),
            (PaymentMethod, null)
        );

        Assert.Equal(
            $"Не заполнено: {DealTexts.Client}, {DealTexts.PaymentMethod}. Неверно: {DealTexts.Quantity}; "
                + $"{DealTexts.WrongSellingDate}; {DealTexts.SeveralBranches}",
            status
        );
    }

    [Theory]
    [InlineData("Андрей", "Сергеев", true, "Андрей Сергеев")]
    [InlineData(" Андрей ", " Сергеев", true, "Андрей Сергеев")]
    [InlineData("Андрей", "", true, "Андрей")]
    [InlineData("", "Сергеев", true, "Сергеев")]
    [InlineData("Андрей", "Сергеев", false, "Андрей Сергеев")] // dismissed: the sale was theirs all the same
    public void Sync_Seller_IsNameAndSurname(string name, string lastName, bool active, string expected)
    {
        var world = World.Empty();
        world.AddClient(ClientId);
        world.AddDeal(ClientId);
        world.Portal.SetUser(new PortalUser(SellerId, name, lastName, active));

        world.SyncDeals();

        Assert.Equal(expected, world.SentOne("POST tickets").GetProperty("employee").GetString());
    }

    [Fact]
    public void Sync_SellerWithoutAnyName_IsAFormatError()
    {
        var world = World.Empty();
        var id = world.AddDeal(ClientId);
        world.Portal.SetUser(new PortalUser(SellerId, " ", ""));

        world.SyncDeals();

        Assert.Equal("Неверно: " + DealTexts.SellerName, world.DealStatus(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sync_SellerGoneOrHidden_IsAFormatError(bool hidden)
    {
        var world = World.Empty();
        var id = world.AddDeal(ClientId);
        world.Portal.SetUser(new PortalUser(SellerId, "Бот", "Бот") { UserType = "bot" });
        if (!hidden)
        {
            world.Portal.RemoveUser(SellerId);
        }

        world.SyncDeals();

        Assert.Equal("Неверно: " + DealTexts.SellerNotFound, world.DealStatus(id));
    }

    private static JsonElement Send(params (string Field, object? Value)[] changes)
    {
        var world = World.Empty();
        world.AddClient(ClientId);
        var id = world.AddDeal(ClientId, changes);
        world.SyncDeals();
        Assert.Equal("Успешно", world.DealStatus(id));
        return world.SentOne("POST tickets");
    }

    private static string Refuse(SandboxRow[] rows, params (string Field, object? Value)[] changes)
    {
        var world = World.Empty();
        var id = world.AddDealWith(ClientId, rows, changes);
        var report = world.SyncDeals();
        Assert.Equal((1, 0), (report.Failed, report.OtmechalkaRequests));
        return world.DealStatus(id)!;
    }
}
