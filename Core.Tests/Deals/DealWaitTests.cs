using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>A deal whose client is not in otmechalka says so and why, and goes as soon as the client is there.</summary>
public sealed class DealWaitTests
{
    private readonly World world = World.Empty();

    [Fact]
    public void Sync_ClientNotSentYet_WaitsAndSaysSo()
    {
        var contact = world.AddContact();
        var deal = world.AddDeal(contact);

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 1, 1), (report.Outcome, report.Failed, report.Waiting));
        Assert.Equal(DealTexts.NoClient + DealTexts.ClientUnknown, world.DealStatus(deal));
        Assert.Equal(RecordOutcome.WaitsForClient, world.Entry(SyncJob.Deals, deal)!.Outcome);
        Assert.Empty(world.Sent("POST tickets"));
    }

    [Fact]
    public void Sync_ClientCreatedBeforeStartDate_WaitsAndSaysSo()
    {
        var old = World.Start.AddDays(-100);
        var contact = world.ImportContact(old, old);
        world.SyncContacts();
        var deal = world.AddDeal(contact);

        world.SyncDeals();

        Assert.Equal(DealTexts.NoClient + DealTexts.ClientUnknown, world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ClientsCardBreaksTheFormat_SaysToMendTheContact()
    {
        var contact = world.AddContact(("PHONE", null));
        world.SyncContacts();
        var deal = world.AddDeal(contact);

        world.SyncDeals();

        Assert.Equal(DealTexts.NoClient + DealTexts.ClientInvalid, world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ClientRefused_SaysWhereToLook()
    {
        var contact = world.AddContact();
        world.Crms.Otmechalka.RefusalOf = (_, _) => new() { ["detail"] = "нет" };
        world.SyncContacts();
        var deal = world.AddDeal(contact);

        world.SyncDeals();

        Assert.Equal(DealTexts.NoClient + DealTexts.ClientRefused, world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ClientOutOfScope_SaysSo()
    {
        var contact = world.AddContact((Product, List("406")));
        world.SyncContacts();
        var deal = world.AddDeal(contact);

        world.SyncDeals();

        Assert.Equal(DealTexts.NoClient + DealTexts.ClientOutOfScope, world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ClientDeletedByHand_SaysHowToGetItBack()
    {
        var contact = world.AddContact();
        world.SyncContacts();
        world.Crms.Otmechalka.Store.DeleteClient(Text(contact));
        var deal = world.AddDeal(contact);

        world.SyncDeals();

        Assert.Equal(DealTexts.NoClient + DealTexts.ClientDeleted, world.DealStatus(deal));
        Assert.Empty(world.Crms.Otmechalka.Store.Tickets);
    }

    [Fact]
    public void Sync_DeletedClientSentAgainByClearingItsStatus_LetsTheDealGo()
    {
        Sync_ClientDeletedByHand_SaysHowToGetItBack();
        var (contact, deal) = (world.Contacts.Ids.Single(), world.Deals.Ids.Single());
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.EditContact(contact, (Status, ""));
        world.SyncContacts();
        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(deal));
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
    }

    [Fact]
    public void Sync_ClientThereAtLast_DealGoesAtOnceWithoutWaitingForItsBackOff()
    {
        var contact = world.AddContact(("PHONE", null));
        world.SyncContacts();
        var deal = world.AddDeal(contact);
        for (var i = 0; i < 8; i++)
        {
            world.SyncDeals(); // tried again and again: the back-off grows
            world.Time.Advance(TimeSpan.FromHours(2));
        }

        Assert.True(world.Entry(SyncJob.Deals, deal)!.NextTry > world.Time.GetUtcNow().AddMinutes(30));
        world.EditContact(contact, ("PHONE", "89261234567"));
        world.SyncContacts();

        var report = world.SyncDeals();

        Assert.Equal((1, 1), (report.Created, report.Retried));
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ContactBreaksAfterItsClientWasCreated_DealGoesAllTheSame()
    {
        var contact = world.AddContact();
        var deal = world.AddDeal(contact);
        world.SyncDeals();
        world.SyncDeals(); // the next try is a quarter of an hour away
        world.SyncContacts();
        world.EditContact(contact, ("PHONE", "нет"));
        world.SyncContacts();

        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_DealWaitsForNothingNew_CostsNoOtmechalkaCall()
    {
        var deal = world.AddDeal(world.AddContact(("PHONE", null)));
        world.SyncContacts();
        for (var i = 0; i < 5; i++)
        {
            world.SyncDeals();
            world.Time.Advance(TimeSpan.FromMinutes(20));
        }

        world.SyncDeals();
        var settled = world.SyncDeals();

        Assert.Equal((0, 0, 1), (settled.OtmechalkaRequests, settled.StatusesWritten, settled.Waiting));
        Assert.Equal(DealTexts.NoClient + DealTexts.ClientInvalid, world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ClientEnteredByHandInOtmechalka_DealGoesAtItsNextTry()
    {
        var contact = World.Start.AddDays(-100) is var old ? world.ImportContact(old, old) : 0;
        var deal = world.AddDeal(contact);
        world.SyncDeals();

        world.AddClient(contact);
        world.Time.Advance(TimeSpan.FromDays(1));
        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_ReasonOfTheWaitChanges_StatusFollows()
    {
        var contact = world.AddContact(("PHONE", null));
        var deal = world.AddDeal(contact);
        world.SyncDeals();
        Assert.Equal(DealTexts.NoClient + DealTexts.ClientUnknown, world.DealStatus(deal));

        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromDays(1));
        world.SyncDeals();

        Assert.Equal(DealTexts.NoClient + DealTexts.ClientInvalid, world.DealStatus(deal));
    }

    [Fact]
    public void Sync_WaitingDealGetsAnotherContact_GoesWithThatOne()
    {
        var deal = world.AddDeal(world.AddContact(("PHONE", null)));
        world.SyncDeals();
        var other = world.AddContact();
        world.SyncContacts();

        world.EditDeal(deal, ("CONTACT_ID", other));
        world.SyncDeals();

        Assert.Equal(Text(other), Assert.Single(world.Crms.Otmechalka.Store.Tickets).ClientOriginId);
    }

    [Fact]
    public void Sync_ContactsThenDeals_NewClientAndItsDealGoTogether()
    {
        var deal = world.AddDeal(world.AddContact());

        world.SyncContacts();
        var report = world.SyncDeals();

        Assert.Equal((1, 0), (report.Created, report.Failed));
        Assert.Equal("Успешно", world.DealStatus(deal));
        // The client is known from the contact job's ledger: a search and a create, no more.
        Assert.Equal(2, report.OtmechalkaRequests);
    }
}
