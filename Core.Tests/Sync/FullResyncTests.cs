using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// The daily full resync looks at every card anew, also at one whose own fields and times are as they were (docs/bitrix24.md, trap 19).
/// </summary>
public sealed class FullResyncTests
{
    [Fact]
    public void Run_ProductRowsChangedWithoutDateModify_AreSeenByTheFullResync()
    {
        var world = World.Empty();
        world.Portal.Options.ProductRowsMoveDateModify = false;
        var deal = world.AddDealWith(world.AddContact(), []);
        world.SyncContacts();
        world.SyncDeals();
        Assert.Equal("Не заполнено: товар (добавьте один на вкладке «Товары»)", world.DealStatus(deal));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.SyncDeals(); // the card's last version is known now
        world.Portal.SetProductRows(deal, Lessons);

        world.Time.Advance(TimeSpan.FromHours(25));
        world.SyncDeals();

        Assert.Equal((1, "Успешно"), (world.Crms.Otmechalka.Store.CountTickets(Text(deal)), world.DealStatus(deal)));
    }

    [Fact]
    public void Run_FullResyncIsBrokenOff_TheNextRunsLetGoWhatIsGone()
    {
        var world = World.Empty();
        var (gone, changed) = (world.AddContact(), world.AddContact());
        world.SyncContacts();
        world.Contacts.Delete(gone);
        world.Time.Advance(TimeSpan.FromHours(25));
        world.EditContact(changed, (StudentFirstName, "Пётр"));
        world.Crms.OtmechalkaEndpoint.FaultOf = _ => Fault.BadGateway;
        Assert.Equal(RunOutcome.Interrupted, world.SyncContacts().Outcome);
        world.Crms.OtmechalkaEndpoint.FaultOf = null;

        for (var i = 0; i < 2; i++) // one answer without it is no proof
        {
            world.Time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
        }

        Assert.Null(world.Entry(SyncJob.Contacts, gone));
        Assert.NotNull(world.Entry(SyncJob.Contacts, changed));
    }
}
