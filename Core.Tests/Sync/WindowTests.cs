using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// Which records a run takes, and that none is skipped whatever happens while they are read (docs/spec.md, section 6, invariant 1;
/// docs/spec.md, section 3).
/// </summary>
public sealed class WindowTests
{
    private static readonly DateTimeOffset StartDate = new(2020, 12, 20, 0, 0, 0, TimeSpan.FromHours(3));
    private readonly World world = World.Empty();

    [Theory]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(200)]
    public void Run_CrowdSavedInOneSecond_IsTakenWholeAndOnce(int count)
    {
        var before = world.AddContact();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var crowd = world.AddContacts(count);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var after = world.AddContact();

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, count + 2, count + 2), (report.Outcome, report.Created, report.StatusesWritten));
        Assert.All([before, .. crowd, after], id => Assert.Equal("Успешно", world.ContactStatus(id)));
        Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
        AssertSettles();
    }

    [Fact]
    public void Run_RowsMoveWhileTheyAreRead_NoneIsSkipped()
    {
        var ids = new List<long>();
        for (var i = 0; i < 230; i++)
        {
            ids.Add(world.AddContact());
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // Each page that is read pushes some rows, read and unread ones, to the end of the list.
        var moves = 0;
        world.Crms.Bitrix24Endpoint.OnAnswer = (request, _) =>
        {
            if (request.Body.Contains("crm.contact.list", StringComparison.Ordinal) || request.Operation == "crm.contact.list")
            {
                foreach (var id in new[] { ids[moves % 230], ids[(moves + 60) % 230], ids[(moves + 120) % 230] }.Where(_ => moves < 40))
                {
                    world.EditContact(id, ("COMMENTS", $"правка {moves++}"));
                }
            }
        };

        for (var run = 0; run < 4; run++)
        {
            world.SyncContacts();
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.All(ids, id => Assert.Equal(1, world.Crms.Otmechalka.Store.CountClients(Text(id))));
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_RowCommittedLateWithAnEarlierTime_IsFound()
    {
        var late = world.Contacts.Add(
            [
                KeyValuePair.Create("NAME", (object?)"Иван"),
                KeyValuePair.Create("LAST_NAME", (object?)"Петров"),
                KeyValuePair.Create(StudentLastName, (object?)"Петров"),
                KeyValuePair.Create(StudentFirstName, (object?)"Поздний"),
                KeyValuePair.Create(Product, (object?)List("410")),
                KeyValuePair.Create("PHONE", (object?)"89261234567"),
            ],
            commitDelay: TimeSpan.FromSeconds(90)
        );
        for (var i = 0; i < 60; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            world.AddContact();
        }

        Assert.Equal(60, world.SyncContacts().Created);
        world.Time.Advance(TimeSpan.FromSeconds(60));

        var report = world.SyncContacts();

        Assert.Equal(1, report.Created);
        Assert.Equal("Успешно", world.ContactStatus(late));
    }

    [Fact]
    public void Run_EditCommittedLate_IsFoundThoughItsTimeHasPassed()
    {
        var id = world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(10));
        world.Contacts.Edit(id, [KeyValuePair.Create(StudentFirstName, (object?)"Пётр")], commitDelay: TimeSpan.FromSeconds(30));
        world.Time.Advance(TimeSpan.FromSeconds(10));
        world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromSeconds(60));

        world.SyncContacts();

        Assert.Equal("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!["first_name"]);
    }

    [Fact]
    public void Run_CreatedBeforeStartDate_IsIgnoredHoweverOftenItChanges()
    {
        var old = world.ImportContact(StartDate.AddSeconds(-1), StartDate.AddSeconds(-1));
        var onTheDot = world.ImportContact(StartDate, StartDate.AddHours(1));
        var young = world.ImportContact(StartDate.AddSeconds(1), StartDate.AddHours(1));
        world.EditContact(old, ("COMMENTS", "x"));

        var report = world.SyncContacts();

        Assert.Equal((1, 1), (report.Read, report.Created));
        Assert.Null(world.ContactStatus(old));
        Assert.Null(world.ContactStatus(onTheDot)); // «created after»
        Assert.Equal("Успешно", world.ContactStatus(young));
    }

    [Theory]
    [InlineData("2020-12-20")]
    [InlineData("2020-12-20T00:00:00")]
    [InlineData("2020-12-20T00:00:00+03:00")]
    [InlineData("2020-12-19T21:00:00Z")]
    public void Run_StartDateInAnyNotation_MeansMoscowUnlessItSaysOtherwise(string setting)
    {
        world.Portal.Options.ServerOffset = TimeSpan.FromHours(10);
        world.With("SYNC_START_DATE", setting);
        world.ImportContact(StartDate.AddSeconds(-1), World.Start.AddDays(-1));
        var young = world.ImportContact(StartDate.AddSeconds(1), World.Start.AddDays(-1));

        Assert.Equal(1, world.SyncContacts().Created);
        Assert.Equal("Успешно", world.ContactStatus(young));
    }

    [Fact]
    public void Run_FilterOfThePortalIgnored_StillTakesOnlyWhatIsEligible()
    {
        // Misspelt or not allowed keys are dropped silently: the whole table comes back.
        var old = world.ImportContact(StartDate.AddYears(-1), World.Start.AddHours(-1));
        world.Crms.Bitrix24Endpoint.FaultOf = request =>
            request.Operation == "crm.contact.list" && request.Body.Contains(">DATE_CREATE", StringComparison.Ordinal)
                ? Fault.Answer(
                    200,
                    Examples.Answer(
                        $$"""[{"ID":"{{old}}","DATE_CREATE":"2019-12-20T00:00:00+03:00","DATE_MODIFY":"2020-12-25T11:00:00+03:00"}]"""
                    )
                )
                : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 0, 0), (report.Outcome, report.Failed, report.OtmechalkaRequests));
        Assert.Null(world.ContactStatus(old));
    }

    [Theory]
    [InlineData(SyncJob.Contacts, "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP")]
    [InlineData(SyncJob.Deals, "SYNC_DEAL_LAST_MODIFY_TIMESTAMP")]
    public void Run_LastModifyTimestampSet_IsWhereTheCheckpointStarts(SyncJob job, string setting)
    {
        world.With(setting, "2020-12-24T12:00:00");
        var start = new DateTimeOffset(2020, 12, 24, 12, 0, 0, TimeSpan.FromHours(3));
        var before = Import(job, start);
        var after = Import(job, start.AddSeconds(1));

        var report = world.Sync(job);

        Assert.Equal(1, report.Read);
        Assert.Null(world.Entry(job, before));
        Assert.NotNull(world.Entry(job, after));
        Assert.Equal(start.AddSeconds(1), report.Checkpoint);
    }

    [Fact]
    public void Run_LastModifyTimestampSetAndNothingThere_IsTheCheckpoint()
    {
        world.With("SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", "2020-12-24T12:00:00");

        Assert.Equal(new DateTimeOffset(2020, 12, 24, 12, 0, 0, TimeSpan.FromHours(3)), world.SyncContacts().Checkpoint);
    }

    [Fact]
    public void Run_LastModifyTimestampChangedLater_DoesNotMatterAnyMore()
    {
        world.With("SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", "2020-12-24T12:00:00");
        var before = Import(SyncJob.Contacts, StartDate.AddHours(5));
        world.SyncContacts();

        world.With("SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP", "2020-12-21").SyncContacts();
        world.Time.Advance(TimeSpan.FromDays(2));
        world.SyncContacts(); // not even with the daily full resync

        Assert.Null(world.Entry(SyncJob.Contacts, before));
    }

    [Fact]
    public void Run_ImportWithOldDates_IsFoundByTheDailySweep()
    {
        for (var i = 0; i < 70; i++)
        {
            world.AddContact();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        world.SyncContacts();
        var imported = world.ImportContact(StartDate.AddDays(1), StartDate.AddDays(2));
        var checkpoint = world.SyncContacts().Checkpoint;
        Assert.Null(world.ContactStatus(imported));

        world.Time.Advance(TimeSpan.FromHours(24));
        var resync = world.SyncContacts();

        Assert.Equal(1, resync.Created);
        Assert.Equal("Успешно", world.ContactStatus(imported));
        Assert.True(resync.Checkpoint >= checkpoint);
        AssertSettles();
    }

    [Fact]
    public void Run_RowsOfADealChangedWithoutMovingIt_AreFoundByTheDailySweep()
    {
        world.Portal.Options.ProductRowsMoveDateModify = false;
        world.AddClient(1);
        var deal = world.AddDealWith(1, []);
        world.SyncDeals();
        Assert.StartsWith("Не заполнено: товар", world.DealStatus(deal), StringComparison.Ordinal);

        world.Portal.SetProductRows(deal, new ProductRow("6 КМС индивидуальные 45 мин", 1, 1, 0));
        world.Time.Advance(TimeSpan.FromDays(1.1));
        world.SyncDeals();

        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Run_PortalClockIsFarFromOurs_NothingIsSkipped()
    {
        // As if our clock were an hour ahead of the portal's: only the portal's times are compared with each other.
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(world.ImportContact(World.Start.AddHours(-1).AddMinutes(i), World.Start.AddHours(-1).AddMinutes(i)));
            world.SyncContacts();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        world.SyncContacts();

        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    private long Import(SyncJob job, DateTimeOffset modified) =>
        job == SyncJob.Contacts
            ? world.ImportContact(StartDate.AddHours(1), modified)
            : world.Deals.Add([KeyValuePair.Create("STAGE_ID", (object?)"WON")], created: StartDate.AddHours(1), modified: modified);

    private void AssertSettles()
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(10));
        world.SyncContacts();
        var settled = world.SyncContacts();
        Assert.Equal((0, 1, 0, 0), (settled.Read, settled.Bitrix24Requests, settled.OtmechalkaRequests, settled.StatusesWritten));
    }
}
