using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>Only deals in a won stage are taken, at the moment they are handled (docs/spec.md, section 5.2).</summary>
public sealed class DealStageTests
{
    private const long ClientId = 39558;
    private readonly World world = World.Empty();

    public DealStageTests() => world.AddClient(ClientId);

    [Theory]
    [InlineData("WON", true)]
    [InlineData("NEW", false)]
    [InlineData("LOSE", false)]
    [InlineData("C1:WON", false)] // another funnel, not configured
    public void Sync_StageOfTheDeal_DecidesWhetherItIsTaken(string stage, bool taken)
    {
        var id = world.AddDeal(ClientId, ("STAGE_ID", stage));

        var report = world.SyncDeals();

        Assert.Equal(taken ? 1 : 0, report.Read);
        Assert.Equal(taken ? 1 : 0, world.Crms.Otmechalka.Store.CountTickets(Text(id)));
        Assert.Equal(taken ? "Успешно" : null, world.DealStatus(id));
    }

    [Theory]
    [InlineData("Y", false)]
    [InlineData("y ", false)]
    [InlineData("1", false)]
    [InlineData("true", false)]
    [InlineData("N", true)]
    [InlineData("0", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void Sync_TemplateOfARecurringDeal_IsLeftAlone(string? recurring, bool taken)
    {
        var id = world.AddDeal(ClientId, ("IS_RECURRING", recurring), (PaymentMethod, null));
        var next = world.AddDeal(ClientId);

        var report = world.SyncDeals();

        Assert.Equal(taken ? 2 : 1, report.Read);
        Assert.Equal(taken ? "Не заполнено: " + DealTexts.PaymentMethod : null, world.DealStatus(id));
        Assert.Equal("Успешно", world.DealStatus(next));
    }

    [Fact]
    public void Sync_DealBecomesATemplateBetweenReadingAndHandling_IsLeftAlone()
    {
        var id = world.AddDeal(ClientId);
        world.Crms.Bitrix24Endpoint.OnAnswer = (request, _) =>
        {
            if (request.Operation == "crm.deal.list" && world.Deals.Text(id, "IS_RECURRING") != "Y")
            {
                world.EditDeal(id, ("IS_RECURRING", "Y"));
            }
        };

        world.SyncDeals();

        Assert.Empty(world.Crms.Otmechalka.Store.Tickets);
        Assert.Null(world.DealStatus(id));
    }

    [Fact]
    public void Sync_StagesOfSeveralFunnels_AreAllTaken()
    {
        world.With("Mapping__Deal__Stages__1", "C1:WON").With("Mapping__Deal__Stages__2", "C2:WON");
        string[] stages = ["WON", "C1:WON", "C2:WON", "C3:WON", "C1:NEW", "LOSE"];
        var ids = stages.Select(stage => world.AddDeal(ClientId, ("STAGE_ID", stage))).ToList();

        world.SyncDeals();

        Assert.Equal(ids.Take(3).Select(Text), world.Crms.Otmechalka.Store.Tickets.Select(ticket => ticket.OriginId).Order());
    }

    [Fact]
    public void Sync_DealWonLongAfterItsLastEdit_IsFoundByTheChangeOfItsStage()
    {
        var id = world.AddDeal(ClientId, ("STAGE_ID", "NEW"));
        world.SyncDeals();
        world.Time.Advance(TimeSpan.FromDays(3));
        world.SyncDeals();

        world.EditDeal(id, ("STAGE_ID", "WON"));
        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(id));
    }

    [Fact]
    public void Sync_DealLeavesWonBetweenReadingAndHandling_IsLeftAlone()
    {
        var id = world.AddDeal(ClientId);
        var other = world.AddDeal(ClientId);
        var moved = false;
        world.Crms.Bitrix24Endpoint.OnAnswer = (request, _) =>
        {
            if (!moved && request.Operation == "crm.deal.list")
            {
                moved = true;
                world.EditDeal(id, ("STAGE_ID", "LOSE"));
            }
        };

        var report = world.SyncDeals();

        Assert.Equal(RunOutcome.Completed, report.Outcome);
        Assert.Equal(0, world.Crms.Otmechalka.Store.CountTickets(Text(id)));
        Assert.Null(world.DealStatus(id));
        Assert.Equal(1, world.Crms.Otmechalka.Store.CountTickets(Text(other)));
    }

    [Fact]
    public void Sync_FailedDealLeavesWon_IsNotTriedAgainAndOwesNothing()
    {
        var id = world.AddDeal(ClientId);
        world.Crms.Otmechalka.RefusalOf = (_, _) => new() { ["detail"] = "нет" };
        world.SyncDeals();
        var status = world.DealStatus(id);

        world.EditDeal(id, ("STAGE_ID", "LOSE"));
        world.Crms.Otmechalka.RefusalOf = null;
        world.Time.Advance(TimeSpan.FromHours(1));
        var report = world.SyncDeals();

        Assert.Equal((0, 0, 0, 0), (report.OtmechalkaRequests, report.StatusesWritten, report.StatusesOwed, report.Waiting));
        Assert.Equal(status, world.DealStatus(id));
        Assert.Empty(world.Crms.Otmechalka.Store.Tickets);
    }

    [Fact]
    public void Sync_FailedDealComesBackToWon_IsTriedAtOnce()
    {
        Sync_FailedDealLeavesWon_IsNotTriedAgainAndOwesNothing();
        var id = world.Deals.Ids.Single();

        world.EditDeal(id, ("STAGE_ID", "WON"));
        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(id));
    }

    [Fact]
    public void Sync_DeliveredDealIsChanged_IsLeftAloneAndCostsNothing()
    {
        var id = world.AddDeal(ClientId);
        world.SyncDeals();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Crms.Bitrix24Endpoint.Reset();

        world.EditDeal(id, (PaymentMethod, "450"), (SellingDate, "2020-12-14"));
        world.Portal.SetProductRows(id, Lessons with { Price = 8000 });
        var report = world.SyncDeals();

        Assert.Equal((1, 0, 0), (report.Read, report.OtmechalkaRequests, report.StatusesWritten));
        Assert.Equal(0, world.Crms.Bitrix24Endpoint.Traffic.Of("crm.deal.productrows.get"));
        Assert.Equal("ONLINE", Assert.Single(world.Crms.Otmechalka.Store.Tickets)["payment_method"]);
    }

    [Fact]
    public void Sync_DealLosesThenWinsAgain_KeepsItsOneTicket()
    {
        var id = world.AddDeal(ClientId);
        world.SyncDeals();
        foreach (var stage in new[] { "LOSE", "WON" })
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            world.EditDeal(id, ("STAGE_ID", stage));
            world.SyncDeals();
        }

        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
        Assert.Equal(RecordOutcome.Delivered, world.Entry(SyncJob.Deals, id)!.Outcome);
    }
}
