using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>The time budget, and cancellation: what is done is stored, the next run goes on.</summary>
public sealed class BudgetTests
{
    private readonly World world = World.Empty();

    public BudgetTests()
    {
        world.Crms.Otmechalka.Options.WaitForLatency = true;
        world.Crms.Otmechalka.Options.Latency = TimeSpan.FromSeconds(1);
    }

    private CrmEndpoint Otmechalka => world.Crms.OtmechalkaEndpoint;

    [Fact]
    public void Run_BudgetSpent_EndsInTimeAndTheNextRunsGoOn()
    {
        world.With("Sync__TimeBudget", "00:00:10");
        var ids = world.AddContacts(60);
        var created = new List<int>();
        RunReport report;
        do
        {
            report = world.SyncContacts();
            created.Add(report.Created);
            Assert.InRange(report.DurationSeconds, 0, 20);
        } while (report.Outcome == RunOutcome.BudgetSpent && created.Count < 20);

        Assert.Equal(RunOutcome.Completed, report.Outcome);
        Assert.InRange(created.Count, 3, 10);
        Assert.Equal((60, 120), (created.Sum(), Otmechalka.Traffic.Requests));
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_MoreRefusedRecordsThanTheBudgetHolds_LetsNewOnesGo()
    {
        var refused = world.AddContacts(150);
        world.Crms.Otmechalka.RefusalOf = (_, id) =>
            refused.Any(one => Text(one) == id) ? new JsonObject { ["detail"] = "Запись не принята." } : null;
        world.SyncContacts();
        world.With("Sync__TimeBudget", "00:01:00").With("Mapping__Contact__Routes__2__BranchOffice", "2634"); // all are tried again
        var added = world.AddContact();

        for (var i = 0; i < 6 && world.ContactStatus(added) is null; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(5));
            world.SyncContacts();
        }

        Assert.Equal("Успешно", world.ContactStatus(added));
    }

    [Fact]
    public void Run_BudgetSpent_ReportsTheBacklog()
    {
        world.With("Sync__TimeBudget", "00:00:10");
        world.AddContacts(60);
        world.Time.Advance(TimeSpan.FromMinutes(5));

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.BudgetSpent, null), (report.Outcome, report.Reason));
        Assert.InRange(report.BacklogAgeSeconds ?? -1, 300, 400);
    }

    [Fact]
    public void Run_BudgetIsAmple_Completes() =>
        Assert.Equal(RunOutcome.Completed, world.With("Sync__TimeBudget", "00:05:00").SyncContacts().Outcome);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(39)]
    public void Run_Cancelled_StoresWhatIsDoneAndRepeatsNothing(int atRequest)
    {
        var ids = world.AddContacts(20);
        using var cancellation = new CancellationTokenSource();
        Otmechalka.OnRequest = _ =>
        {
            if (Otmechalka.Traffic.Requests == atRequest)
            {
                cancellation.Cancel();
            }
        };

        var report = world.Sync(SyncJob.Contacts, cancellation.Token);

        Assert.Equal((RunOutcome.Interrupted, "cancelled", true), (report.Outcome, report.Reason, report.IsCancelled));
        Assert.InRange(report.DurationSeconds, 0, 31);
        Assert.Equal(world.Crms.Otmechalka.Store.ClientCount, report.Created);
        Otmechalka.OnRequest = null;
        var next = world.SyncContacts();
        Assert.Equal((RunOutcome.Completed, 20 - report.Created), (next.Outcome, next.Created));
        Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_CancelledBeforeItBegins_TouchesNothing()
    {
        world.AddContact();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        var report = world.Sync(SyncJob.Contacts, cancellation.Token);

        Assert.True(report.IsCancelled);
        Assert.Equal((0, 0), (world.Crms.Bitrix24Endpoint.Traffic.Requests, Otmechalka.Traffic.Requests));
    }

    [Fact]
    public void Run_CancelledWhileARequestHangs_BreaksItOffBeforeTheHostKills()
    {
        var id = world.AddContact();
        var cancelled = DateTimeOffset.MaxValue;
        using var cancellation = new CancellationTokenSource();
        Otmechalka.FaultOf = request => request.Operation == "POST clients" ? Fault.HangAfterCommit : null;
        Otmechalka.OnAnswer = (request, _) =>
        {
            if (request.Operation == "POST clients")
            {
                cancelled = world.Time.GetUtcNow();
                cancellation.Cancel();
            }
        };

        var report = world.Sync(SyncJob.Contacts, cancellation.Token);

        Assert.True(report.IsCancelled);
        Assert.InRange(world.Time.GetUtcNow() - cancelled, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        (Otmechalka.FaultOf, Otmechalka.OnAnswer) = (null, null);
        world.SyncContacts();
        Assert.Equal((1, "Успешно"), (world.Crms.Otmechalka.Store.CountClients(Text(id)), world.ContactStatus(id)));
    }

    [Fact]
    public void Run_CancelledInAWaitBeforeARetry_EndsAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        world.Crms.Bitrix24Endpoint.FaultOf = _ =>
        {
            if (world.Crms.Bitrix24Endpoint.Traffic.Requests == 2)
            {
                cancellation.Cancel();
            }

            return Fault.Answer(503, "", "text/html", ("Retry-After", "25"));
        };

        var report = world.Sync(SyncJob.Contacts, cancellation.Token);

        Assert.True(report.IsCancelled);
        Assert.InRange(report.DurationSeconds, 0, 26);
    }

    [Fact]
    public void Run_CancelledWhileStatusesAreWritten_OwesThem()
    {
        var ids = world.AddContacts(3);
        using var cancellation = new CancellationTokenSource();
        world.Crms.Bitrix24Endpoint.FaultOf = request =>
        {
            if (request.Operation != "batch")
            {
                return null;
            }

            cancellation.Cancel();
            return Fault.Hang;
        };

        var report = world.Sync(SyncJob.Contacts, cancellation.Token);

        Assert.Equal((true, 3, 3), (report.IsCancelled, report.Created, report.StatusesOwed));
        world.Crms.Bitrix24Endpoint.FaultOf = null;
        Assert.Equal((0, 3), (world.SyncContacts().OtmechalkaRequests, ids.Count(id => world.ContactStatus(id) == "Успешно")));
    }
}
