using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// A CRM is unavailable: the run ends at once, what was done stays done, the next run starts with what was not (docs/spec.md, section 6).
/// </summary>
public sealed class UnavailableTests
{
    private readonly World world = World.Empty();

    public static TheoryData<string, int> Unavailable =>
        new()
        {
            { "refuse", 3 },
            { "drop", 3 },
            { "hang", 3 },
            { "408", 3 },
            { "429", 3 },
            { "502", 3 },
            { "503", 3 },
            { "504", 3 },
            { "401", 1 },
            { "402", 1 },
            { "403", 1 },
            { "301", 1 },
            { "302", 1 },
            { "307", 1 },
            { "308", 1 },
            { "501", 1 },
            { "505", 1 },
            { "204", 1 },
            { "200 text", 1 },
            { "200 html", 1 },
            { "200 []", 1 },
            { "200 null", 1 },
            { "200 \"x\"", 1 },
            { "200", 1 },
            { "201 1", 1 },
            { "200 {}", 1 },
            { "200 [{\"id\":7001}]", 1 },
            { "200 {\"id\":null}", 1 },
            { "200 {\"error\":\"нет\"}", 1 },
            { "200 {\"id\":7001,\"origin_id\":\"987654\"}", 1 },
        };

    private CrmEndpoint Bitrix24 => world.Crms.Bitrix24Endpoint;

    private CrmEndpoint Otmechalka => world.Crms.OtmechalkaEndpoint;

    [Theory]
    [MemberData(nameof(Unavailable))]
    public void Run_OtmechalkaDownAtStart_EndsAtOnceAndBlamesNoRecord(string how, int attempts)
    {
        var ids = world.AddContacts(3);
        Otmechalka.FaultOf = _ => FaultOf(how);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0, 0), (report.Outcome, report.Failed, report.StatusesOwed));
        Assert.StartsWith("otmechalka is unavailable: ", report.Reason, StringComparison.Ordinal);
        Assert.InRange(report.OtmechalkaRequests, attempts, attempts * ids.Count);
        Assert.All(ids, id => Assert.Null(world.ContactStatus(id)));
        Assert.True(world.State(SyncJob.Contacts)!.Checkpoint < world.Contacts.Modified(ids[0]));

        Otmechalka.FaultOf = null;
        Assert.Equal((RunOutcome.Completed, 3), (world.SyncContacts().Outcome, world.Crms.Otmechalka.Store.ClientCount));
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Theory]
    [InlineData("404")] // a wrong base address is nobody's record
    [InlineData("302")]
    [InlineData("401")]
    [InlineData("402")]
    [InlineData("503")]
    [InlineData("200 text")]
    public void Run_OtmechalkaCannotCreate_IsUnavailableAndNotRefused(string how)
    {
        var id = world.AddContact();
        Otmechalka.FaultOf = request => request.Operation == "POST clients" ? FaultOf(how) : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0), (report.Outcome, report.Failed));
        Assert.Equal(1, Otmechalka.Journal.Entries.Count(entry => entry.Operation == "POST clients"));
        Assert.Null(world.ContactStatus(id));
    }

    [Fact]
    public void Run_OtmechalkaGoesDownInTheMiddle_WhatWasDoneStaysDone()
    {
        var ids = Spread(10);
        Otmechalka.FaultOf = request =>
            request.Operation == "GET client" && request.Path.EndsWith($"/{ids[6]}/", StringComparison.Ordinal) ? Fault.Refuse : null;

        var interrupted = world.SyncContacts();

        Assert.Equal(RunOutcome.Interrupted, interrupted.Outcome);
        Assert.All(ids.Take(6), id => Assert.Equal("Успешно", world.ContactStatus(id)));
        var sent = world.Sent("POST clients").Count;
        Otmechalka.FaultOf = null;
        Otmechalka.Reset();

        var next = world.SyncContacts();

        Assert.Equal(10 - sent, next.Created);
        Assert.Equal(10 - sent, world.Sent("POST clients").Count);
        Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_OtmechalkaDownForALaterRecord_PassesNothingBehindIt()
    {
        var ids = Spread(10);
        var broken = world.Contacts.Modified(ids[3]);
        Otmechalka.FaultOf = request => request.Path.EndsWith($"/{ids[3]}/", StringComparison.Ordinal) ? Fault.Answer(503) : null;

        world.SyncContacts();

        Assert.Equal(broken.AddSeconds(-1), world.State(SyncJob.Contacts)!.Checkpoint);
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("drop")]
    [InlineData("hang")]
    [InlineData("503")]
    [InlineData("401")]
    [InlineData("302")]
    [InlineData("200 text")]
    public void Run_Bitrix24DownAtStart_EndsAtOnceAndCallsNobody(string how)
    {
        var id = world.AddContact();
        Bitrix24.FaultOf = _ => FaultOf(how);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0), (report.Outcome, report.OtmechalkaRequests));
        Assert.StartsWith("Bitrix24 is unavailable: ", report.Reason, StringComparison.Ordinal);
        Bitrix24.FaultOf = null;
        world.SyncContacts();
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    [Theory]
    [InlineData(nameof(PortalBlock.Overload))]
    [InlineData(nameof(PortalBlock.NoCommercialPlan))]
    [InlineData(nameof(PortalBlock.Deleted))]
    public void Run_PortalBlocked_EndsAtOnceWithoutRetriesInEitherEdition(string block)
    {
        foreach (var edition in new[] { ErrorEdition.A, ErrorEdition.B })
        {
            world.Portal.Options.Block = Enum.Parse<PortalBlock>(block);
            world.Portal.Options.ErrorEdition = edition;
            Bitrix24.Reset();

            var report = world.SyncContacts();

            Assert.Equal((RunOutcome.Interrupted, 1), (report.Outcome, Bitrix24.Traffic.Requests));
        }
    }

    [Fact]
    public void Run_WebhookDeleted_EndsAtOnceInEitherEdition()
    {
        world.Portal.RemoveWebhook(world.Crms.Webhook);

        Assert.Contains("NO_AUTH_FOUND", world.SyncContacts().Reason, StringComparison.Ordinal);
        world.Portal.Options.ErrorEdition = ErrorEdition.B;
        Assert.Contains("INVALID_CREDENTIALS", world.SyncContacts().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Bitrix24GoesDownBetweenPages_HandlesWhatItReadAndGoesOnLater()
    {
        var ids = Spread(120);
        var lists = 0;
        Bitrix24.FaultOf = request =>
            request.Body.Contains("crm.contact.list", StringComparison.Ordinal) || request.Operation == "crm.contact.list"
                ? ++lists is 2 or 3 or 4 or 5 && !request.Body.Contains("@ID", StringComparison.Ordinal)
                    ? Fault.BadGateway
                    : null
                : null;

        var interrupted = world.SyncContacts();
        Bitrix24.FaultOf = null;
        var next = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, RunOutcome.Completed), (interrupted.Outcome, next.Outcome));
        Assert.Equal(120, interrupted.Created + next.Created);
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_Bitrix24GoesDownBeforeTheWriteBack_StatusIsOwedAndWrittenLater()
    {
        var ids = Spread(3);
        Bitrix24.FaultOf = request => request.Operation == "batch" ? Fault.Refuse : null;

        var interrupted = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 3, 3), (interrupted.Outcome, interrupted.Created, interrupted.StatusesOwed));
        Bitrix24.FaultOf = null;
        var next = world.SyncContacts();
        Assert.Equal((RunOutcome.Completed, 0, 3, 0), (next.Outcome, next.OtmechalkaRequests, next.StatusesWritten, next.StatusesOwed));
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_FiveRecordsInARowGet500_IsUnavailableAndNobodysRecord()
    {
        var ids = Spread(8);
        Otmechalka.FaultOf = _ => Fault.Answer(500, "<html><title>Server Error</title></html>", "text/html");

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0), (report.Outcome, report.Failed));
        Assert.Contains("500", report.Reason, StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Null(world.ContactStatus(id)));
        Assert.True(world.State(SyncJob.Contacts)!.Checkpoint < world.Contacts.Modified(ids[0]));
        Otmechalka.FaultOf = null;
        Assert.Equal(8, world.SyncContacts().Created);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_FewerThanFiveInARowGet500_AreRefused(int failing)
    {
        var ids = Spread(8);
        var broken = ids.Skip(2).Take(failing).Select(Text).ToHashSet();
        Otmechalka.FaultOf = request =>
            broken.Any(id => request.Path.EndsWith($"/{id}/", StringComparison.Ordinal)) ? Fault.Answer(500, "сбой", "text/plain") : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, failing, 8 - failing), (report.Outcome, report.Failed, report.Created));
        Assert.All(
            broken,
            id =>
                Assert.Equal(
                    "Отмечалка не приняла: сбой",
                    world.ContactStatus(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture))
                )
        );
    }

    [Fact]
    public void Run_TheLastFourGet500_AreRefused()
    {
        var ids = Spread(4);
        Otmechalka.FaultOf = _ => Fault.Answer(500, """{"detail":"сбой"}""");

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 4), (report.Outcome, report.Failed));
        Assert.All(ids, id => Assert.Equal("Отмечалка не приняла: сбой", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_FiveWith500ButNotInARow_AreRefused()
    {
        var ids = Spread(10);
        var broken = ids.Where((_, i) => i % 2 == 0).Select(id => $"/{id}/").ToList();
        Otmechalka.FaultOf = request => broken.Exists(id => request.Path.EndsWith(id, StringComparison.Ordinal)) ? Fault.Answer(500) : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 5, 5), (report.Outcome, report.Failed, report.Created));
    }

    [Fact]
    public void Run_FiveThatGot500BeforeAreDueTogether_LetNewRecordsGo()
    {
        var ids = Spread(12);
        var broken = ids.Where((_, i) => i % 2 == 0).Select(id => $"/{id}/").ToList();
        Otmechalka.FaultOf = request => broken.Exists(id => request.Path.EndsWith(id, StringComparison.Ordinal)) ? Fault.Answer(500) : null;
        world.SyncContacts();

        for (var run = 1; run <= 4; run++)
        {
            world.Time.Advance(TimeSpan.FromHours(run));
            var added = world.AddContact();

            var report = world.SyncContacts();

            Assert.Equal((RunOutcome.Completed, 6, 1), (report.Outcome, report.Failed, report.Created));
            Assert.Equal("Успешно", world.ContactStatus(added));
        }
    }

    [Theory]
    [InlineData("query")]
    [InlineData("add")]
    [InlineData("transaction")]
    public void Run_StorageDown_ReportsNoLevelThatItCannotKnow(string call)
    {
        world.AddContact();
        world.Table.OnCall = name => name == call ? throw new Azure.RequestFailedException(503, "busy") : Task.FromResult<Exception?>(null);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, "storage is unavailable: HTTP 503"), (report.Outcome, report.Reason));
        Assert.Null(report.StatusesOwed);
        Assert.Null(report.Waiting);
        Assert.NotEqual(0, report.BacklogAgeSeconds);
        Assert.Contains(
            "delivered , version",
            world.Log.Single(line => line.Contains("RunFinished", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Run_Bitrix24Down_KnowsWhatIsOwedAndNoBacklog()
    {
        Bitrix24.FaultOf = _ => Fault.Refuse;

        var report = world.SyncContacts();

        Assert.Equal((0, 0, (double?)null), (report.StatusesOwed, report.Waiting, report.BacklogAgeSeconds));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_LocksRowIsRemovedUnderIt_IsUnavailableAndNobodyHasTakenTheLock(bool isWholeTable)
    {
        var id = world.AddContact();
        Otmechalka.OnRequest = _ => Remove(isWholeTable);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, "storage is unavailable: ResourceNotFound"), (report.Outcome, report.Reason));
        Otmechalka.OnRequest = _ => { };
        Assert.Equal(RunOutcome.Completed, world.SyncContacts().Outcome);
        Assert.Equal("Успешно", world.ContactStatus(id));
    }

    private void Remove(bool isWholeTable) =>
        _ = isWholeTable ? world.Table.DeleteAsync() : world.Table.DeleteEntityAsync("CONTACT_SYNC_JOB", "!lock");

    /// <summary>Contacts saved a second apart.</summary>
    private List<long> Spread(int count)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(world.AddContact());
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return ids;
    }

    private static Fault FaultOf(string how) =>
        how.Split(' ', 2) switch
        {
            ["refuse"] => Fault.Refuse,
            ["drop"] => Fault.DropBeforeCommit,
            ["hang"] => Fault.Hang,
            ["301" or "302" or "307" or "308"] => Fault.Answer(
                int.Parse(how, System.Globalization.CultureInfo.InvariantCulture),
                "",
                "text/html",
                ("Location", "https://elsewhere.example.com/")
            ),
            ["200", "text"] => Fault.Answer(200, "OK", "text/plain"),
            ["200", "html"] => Fault.Answer(200, "<!doctype html><html></html>", "text/html"),
            [var status] => Fault.Answer(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
            [var status, var body] => Fault.Answer(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), body),
            _ => throw new ArgumentException("unknown", nameof(how)),
        };
}
