using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// The status is written back, does not feed itself, is never lost, and overwrites no edit (docs/spec.md, section 6, invariants 3, 4 and
/// 7).
/// </summary>
public sealed class WriteBackTests
{
    private readonly World world = World.Empty();

    private CrmEndpoint Bitrix24 => world.Crms.Bitrix24Endpoint;

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // older portals move DATE_MODIFY by every update
    public void Run_OwnWriteBackComesBack_CostsNoCallAndNoWrite(bool noOpMoves)
    {
        world.Portal.Options.NoOpUpdateMovesDateModify = noOpMoves;
        world.AddContact();
        world.AddContact(("PHONE", "нет"));
        world.AddContact((Product, List("406")));
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        var echo = world.SyncContacts();
        var settled = world.SyncContacts();

        Assert.Equal((3, 0, 0), (echo.Read, echo.OtmechalkaRequests, echo.StatusesWritten));
        Assert.Equal((0, 1, 0, 0), (settled.Read, settled.Bitrix24Requests, settled.OtmechalkaRequests, settled.StatusesWritten));
    }

    [Fact]
    public void Run_RobotsChangeTheCardAfterEachWrite_Settles()
    {
        var robots = 0;
        world.Portal.OnChangedByApi = (store, id) => store.Edit(id, [KeyValuePair.Create("COMMENTS", (object?)$"робот {++robots}")]);
        world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.SyncContacts();
        var settled = world.SyncContacts();

        Assert.Equal((1, 0, 0), (robots, settled.OtmechalkaRequests, settled.StatusesWritten));
    }

    [Fact]
    public void Run_CardHoldsTheTextAlready_IsNotWrittenAgain()
    {
        var id = world.AddContact((Status, "Успешно"));
        var modified = world.Contacts.Modified(id);
        world.Time.Advance(TimeSpan.FromMinutes(1));

        var report = world.SyncContacts();

        Assert.Equal((1, 0, 0), (report.Created, report.StatusesWritten, report.StatusesOwed));
        Assert.Equal(modified, world.Contacts.Modified(id));
    }

    [Fact]
    public void Run_EditBetweenReadAndWriteBack_IsNeitherOverwrittenNorMissed()
    {
        var id = world.AddContact();
        BeforeWriting(() => world.EditContact(id, (StudentFirstName, "Пётр")));

        var first = world.SyncContacts();

        Assert.Equal((1, 0, 1), (first.Created, first.StatusesWritten, first.StatusesOwed));
        Assert.Null(world.ContactStatus(id));
        world.SyncContacts();
        Assert.Equal("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!["first_name"]);
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_EditBetweenReReadAndWrite_IsNotMissed()
    {
        var id = world.AddContact();
        var done = false;
        Bitrix24.OnRequest = request =>
        {
            if (
                !done
                && (request.Operation == "crm.contact.update" || request.Body.Contains("crm.contact.update", StringComparison.Ordinal))
            )
            {
                done = true;
                world.EditContact(id, (StudentFirstName, "Пётр"));
            }
        };

        world.SyncContacts();
        Assert.True(done);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        world.SyncContacts();

        Assert.Equal("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!["first_name"]);
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_StatusClearedBetweenReadAndWriteBack_EndsWithTheStatus()
    {
        var id = world.AddContact((Status, "старое"));
        BeforeWriting(() => world.EditContact(id, (Status, "")));

        world.SyncContacts();
        world.SyncContacts();

        Assert.Equal("Успешно", world.ContactStatus(id));
        Assert.Equal(1, world.Crms.Otmechalka.Store.CountClients(Text(id)));
    }

    [Fact]
    public void Run_RefusedCardEditedBeforeItsStatusIsWritten_IsTriedAgainInTheNextRun()
    {
        world.Crms.Otmechalka.RefusalOf = (_, _) => new() { ["detail"] = "нет" };
        var id = world.AddContact();
        BeforeWriting(() => world.EditContact(id, ("EMAIL", "other@example.com")));
        world.SyncContacts();

        world.SyncContacts();

        Assert.Equal("Отмечалка не приняла: нет", world.ContactStatus(id));
    }

    [Fact]
    public void Run_OperatingLimitOnWriting_StatusIsOwedAndTheRunGoesOn()
    {
        world.Portal.CommandFault = call => call.Method == "crm.contact.update" ? new RestException("OPERATION_TIME_LIMIT", "", 429) : null;
        var ids = world.AddContacts(120);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 120, 0, 120), (report.Outcome, report.Created, report.StatusesWritten, report.StatusesOwed));
        world.Portal.CommandFault = null;
        world.Time.Advance(TimeSpan.FromMinutes(10));
        var next = world.SyncContacts();
        Assert.Equal((0, 120, 0), (next.OtmechalkaRequests, next.StatusesWritten, next.StatusesOwed));
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_OperatingBudgetOfThePortalRunsOut_EveryStatusIsWrittenInTheEnd()
    {
        world.Portal.Options.OperatingLimit = TimeSpan.FromSeconds(3); // 25 updates of 0.12 s
        var ids = world.AddContacts(60);
        for (var run = 0; run < 12 && ids.Any(id => world.ContactStatus(id) is null); run++)
        {
            Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
            world.Time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
        Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
    }

    [Fact]
    public void Run_CardGoneBeforeWriting_StatusIsOwedUntilASecondLook()
    {
        var (gone, stays) = (world.AddContact(), world.AddContact());
        BeforeWriting(() => world.Contacts.Delete(gone));

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 2, 1, 1), (report.Outcome, report.Created, report.StatusesWritten, report.StatusesOwed));
        Assert.Equal("Успешно", world.ContactStatus(stays));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, world.SyncContacts().StatusesOwed);
        Assert.Null(world.Entry(SyncJob.Contacts, gone));
    }

    [Theory]
    [InlineData("Contact is not found", "")]
    [InlineData("Not found", "")]
    [InlineData("Элемент", "NOT_FOUND")]
    [InlineData("Элемент", "ERROR_NOT_FOUND")]
    public void Run_WriteAnswersNotFoundThoughTheCardIsShown_StatusStaysOwedAndIsTriedLessOften(string description, string code)
    {
        world.Portal.CommandFault = call => call.Method == "crm.contact.update" ? RestException.OfMethod(description, code) : null;
        world.AddContacts(2);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 2), (report.Outcome, report.StatusesOwed));
        world.SyncContacts();
        var writes = world.Crms.Bitrix24Endpoint.Traffic.Of("crm.contact.update");
        Assert.Equal(2, world.SyncContacts().StatusesOwed);
        Assert.Equal(writes, world.Crms.Bitrix24Endpoint.Traffic.Of("crm.contact.update"));
        world.Portal.CommandFault = null;
        world.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(0, world.SyncContacts().StatusesOwed);
    }

    [Theory]
    [InlineData("Access denied", "", 400)]
    [InlineData("Access denied", "ACCESS_DENIED", 400)]
    [InlineData("Заполните поле<br />", "ERROR_CORE", 400)]
    [InlineData("Method not found!", "ERROR_METHOD_NOT_FOUND", 404)]
    public void Run_WriteDenied_StatusStaysOwedAndTheRunGoesOn(string description, string code, int status)
    {
        var (denied, fine) = (world.AddContact(), world.AddContact());
        world.Portal.CommandFault = call =>
            call.Method == "crm.contact.update" && call.Id == denied ? new RestException(code, description, status) : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 1, 1), (report.Outcome, report.StatusesWritten, report.StatusesOwed));
        Assert.Equal("Успешно", world.ContactStatus(fine));
        world.Portal.CommandFault = null;
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 1), (world.SyncContacts().OtmechalkaRequests, world.SyncContacts().StatusesWritten + 1));
        Assert.Equal("Успешно", world.ContactStatus(denied));
    }

    [Fact]
    public void Run_DeniedAgainAndAgain_IsTriedLessAndLessOften()
    {
        world.AddContact();
        world.Portal.CommandFault = call => call.Method == "crm.contact.update" ? RestException.OfMethod("Access denied") : null;
        for (var i = 0; i < 12; i++)
        {
            world.SyncContacts();
            world.Time.Advance(TimeSpan.FromHours(1));
        }

        Bitrix24.Reset();
        var report = world.SyncContacts();

        Assert.Equal(1, report.StatusesOwed);
        Assert.Equal(0, Bitrix24.Traffic.Of("crm.contact.update"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Run_ManagerClearsTheStatus_SendsTheRecordAgain(string? cleared)
    {
        var id = world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.SyncContacts();

        world.EditContact(id, (Status, cleared));
        var report = world.SyncContacts();

        Assert.Equal((1, 1), (report.Updated, report.StatusesWritten));
        Assert.Equal(1, world.Crms.Otmechalka.Store.FindClient(Text(id))!.Updates);
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_StatusClearedInTheSecondInWhichTheCardWasRead_SendsTheRecordAgain()
    {
        var id = world.AddContact();
        world.SyncContacts();

        world.EditContact(id, (Status, null)); // the card looks as it did before the run
        var report = world.SyncContacts();

        Assert.Equal((1, "Успешно"), (report.Updated, world.ContactStatus(id)));
    }

    [Fact]
    public void Run_ManagerClearsTheStatusOfARefusedRecord_IsTriedAtOnce()
    {
        world.Crms.Otmechalka.RefusalOf = (_, _) => new() { ["detail"] = "нет" };
        var id = world.AddContact();
        world.SyncContacts();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.Crms.OtmechalkaEndpoint.Reset();

        world.EditContact(id, (Status, ""));
        world.SyncContacts();

        Assert.Single(world.Sent("POST clients"));
        Assert.Equal("Отмечалка не приняла: нет", world.ContactStatus(id));
    }

    [Fact]
    public void Run_ManagerClearsTheStatusOfAnInvalidRecord_WritesItAgain()
    {
        var id = world.AddContact(("PHONE", null));
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.EditContact(id, (Status, ""));
        world.SyncContacts();

        Assert.Equal("Не заполнено: телефон", world.ContactStatus(id));
    }

    [Fact]
    public void Run_SomebodyOverwritesTheStatus_ItIsSetRightWithoutACall()
    {
        var id = world.AddContact();
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.EditContact(id, (Status, "проверено Машей"));
        var report = world.SyncContacts();

        Assert.Equal((0, 1), (report.OtmechalkaRequests, report.StatusesWritten));
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Fact]
    public void Run_ClientDeletedByHand_DoesNotBreakLaterRunsAndComesBackWithTheNextChange()
    {
        var id = world.AddContact();
        world.SyncContacts();
        world.Crms.Otmechalka.Store.DeleteClient(Text(id));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);

        world.EditContact(id, ("EMAIL", "new@example.com"));
        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 1), (report.Outcome, report.Created));
        Assert.Equal("new@example.com", world.Crms.Otmechalka.Store.FindClient(Text(id))!["email"]);
        Assert.Equal(RecordOutcome.Delivered, world.Entry(SyncJob.Contacts, id)!.Outcome);
    }

    /// <summary>Something happens once, directly before the cards are read again to be written.</summary>
    private void BeforeWriting(Action happens)
    {
        var done = false;
        Bitrix24.OnRequest = request =>
        {
            if (!done && request.Operation == "crm.contact.list" && request.Body.Contains("@ID", StringComparison.Ordinal))
            {
                done = true;
                happens();
            }
        };
    }
}
