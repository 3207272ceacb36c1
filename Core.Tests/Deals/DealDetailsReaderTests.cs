using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>Product rows and sellers are read together, in as few requests as the API allows.</summary>
public sealed class DealDetailsReaderTests
{
    private const long ClientId = 39558;
    private readonly World world = World.Empty();

    public DealDetailsReaderTests() => world.AddClient(ClientId);

    private CrmEndpoint Bitrix24 => world.Crms.Bitrix24Endpoint;

    [Fact]
    public void Sync_SomeDealsOfOneSeller_ReadsRowsAndSellerInOneRequest()
    {
        AddDeals(3);

        world.SyncDeals();

        var details = Assert.Single(Bitrix24.Journal.Entries, entry => entry.Body.Contains("productrows", StringComparison.Ordinal));
        Assert.Equal(
            ["crm.deal.list", "crm.deal.productrows.get", "crm.deal.productrows.get", "crm.deal.productrows.get", "user.get"],
            details.Commands.Select(command => command.Name).Order()
        );
    }

    [Fact]
    public void Sync_SellersSeenOnAnEarlierPage_AreNotAskedAgain()
    {
        for (var i = 0; i < 120; i++)
        {
            var seller = 20_000 + (i % 3);
            world.AddDeal(ClientId, ("ASSIGNED_BY_ID", seller));
            world.Portal.SetUser(new PortalUser(seller, "Продавец", $"Номер {seller}"));
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var report = world.SyncDeals();

        Assert.Equal(120, report.Created);
        Assert.Equal(1, Bitrix24.Traffic.Of("user.get"));
        Assert.Equal(3, world.Crms.Otmechalka.Store.Tickets.Select(ticket => ticket["employee"]).Distinct().Count());
    }

    [Fact]
    public void Sync_UnknownSeller_IsAskedForOnlyOnceInARun()
    {
        for (var i = 0; i < 60; i++)
        {
            world.AddDeal(ClientId, ("ASSIGNED_BY_ID", 404));
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var report = world.SyncDeals();

        Assert.Equal(60, report.Failed);
        Assert.Equal(1, Bitrix24.Traffic.Of("user.get"));
    }

    [Fact]
    public void Sync_MoreThanFiftySellersOnAPage_FindsAllOfThem()
    {
        for (var i = 0; i < 50; i++)
        {
            var seller = 20_000 + i;
            world.AddDeal(ClientId, ("ASSIGNED_BY_ID", seller));
            world.Portal.SetUser(new PortalUser(seller, "Продавец", $"Номер {i}"));
        }

        var report = world.SyncDeals();

        Assert.Equal(50, report.Created);
        Assert.Equal(50, world.Crms.Otmechalka.Store.Tickets.Select(ticket => ticket["employee"]).Distinct().Count());
    }

    [Fact]
    public void Sync_PrefixedUserFilterDroppedByOldServers_FindsTheSeller()
    {
        world.Portal.Options.UserFilterDropsPrefixes = true;
        for (var i = 1; i <= 60; i++)
        {
            world.Portal.SetUser(new PortalUser(i, "Кто-то", "Другой"));
        }

        world.AddDeal(ClientId);
        world.SyncDeals();

        Assert.Equal("Андрей Сергеев", world.SentOne("POST tickets").GetProperty("employee").GetString());
    }

    [Fact]
    public void Sync_RowsOfOneDealFail_IsThatDealsErrorAndNotItsNeighbours()
    {
        var deals = AddDeals(3);
        world.Portal.CommandFault = call =>
            call.Method == "crm.deal.productrows.get" && call.Id == deals[1]
                ? RestException.OfMethod("Access denied", "ACCESS_DENIED")
                : null;

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 2, 1), (report.Outcome, report.Created, report.Failed));
        Assert.Equal(DealTexts.ProductsUnreadable + DealTexts.ProductsDenied, world.DealStatus(deals[1]));
        Assert.Equal("Успешно", world.DealStatus(deals[2]));
    }

    [Fact]
    public void Sync_RowsReadableAgain_SendsTheDealInTheNextRun()
    {
        var deals = AddDeals(1);
        world.Portal.CommandFault = call => call.Method == "crm.deal.productrows.get" ? RestException.OfMethod("Access denied") : null;
        world.SyncDeals();
        world.Portal.CommandFault = null;
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(deals[0]));
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
    }

    [Theory]
    [InlineData("OPERATION_TIME_LIMIT", 429)]
    [InlineData("INTERNAL_SERVER_ERROR", 500)]
    public void Sync_RowsMeetALimitOfThePortal_EndsTheRunAndBlamesNoDeal(string code, int status)
    {
        var deals = AddDeals(2);
        world.Portal.CommandFault = call =>
            call.Method == "crm.deal.productrows.get" && call.Id == deals[1] ? new RestException(code, "", status) : null;

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Interrupted, 0), (report.Outcome, report.Failed));
        Assert.Null(world.DealStatus(deals[1]));
    }

    [Fact]
    public void Sync_UsersMayNotBeSeen_EndsTheRunBecauseItIsNobodysDeal()
    {
        AddDeals(2);
        world.Portal.CommandFault = call => call.Method == "user.get" ? new RestException("insufficient_scope", "", 403) : null;

        var report = world.SyncDeals();

        Assert.Equal(RunOutcome.Interrupted, report.Outcome);
        Assert.Contains("user.get: insufficient_scope", report.Reason, StringComparison.Ordinal);
        Assert.Equal(0, report.OtmechalkaRequests);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Sync_ThousandDealsOfThirtySellers_CostsAtMostNinetyRequests(int secondsApart)
    {
        for (var i = 0; i < 1000; i++)
        {
            var seller = 20_000 + (i % 30);
            world.AddDeal(ClientId, ("ASSIGNED_BY_ID", seller));
            world.Portal.SetUser(new PortalUser(seller, "Продавец", $"Номер {i % 30}"));
            world.Time.Advance(TimeSpan.FromSeconds(secondsApart));
        }

        Bitrix24.Reset();
        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 1000, 1000), (report.Outcome, report.Created, report.StatusesWritten));
        Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
        Assert.InRange(report.Bitrix24Requests, 1, 90);
        Assert.Equal(Bitrix24.Traffic.Requests, report.Bitrix24Requests);
    }

    private List<long> AddDeals(int count) => [.. Enumerable.Range(0, count).Select(_ => world.AddDeal(ClientId))];
}
