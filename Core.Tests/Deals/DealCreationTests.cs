using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>No ticket is created twice, whatever becomes of the answer (docs/spec.md, section 6, invariant 2).</summary>
public sealed class DealCreationTests
{
    private const long ClientId = 39558;
    private readonly World world = World.Empty();

    public DealCreationTests() => world.AddClient(ClientId);

    private int Creates => world.Crms.OtmechalkaEndpoint.Journal.Entries.Count(entry => entry.Operation == "POST tickets");

    public static TheoryData<string> CarriedOut => ["drop", "hang", "500", "502", "503", "504", "not json", "html", "408"];

    public static TheoryData<string> NotCarriedOut => ["drop", "hang"];

    [Fact]
    public void Sync_NewDeal_SearchesTheTicketBeforeItCreates()
    {
        world.AddDeal(ClientId);

        world.SyncDeals();

        var operations = world.Crms.OtmechalkaEndpoint.Journal.Entries.Select(entry => entry.Operation).ToList();
        Assert.Equal("GET ticket", operations[0]);
        Assert.Equal("POST tickets", operations[^1]);
    }

    [Fact]
    public void Sync_TicketDeletedThenRefusedAndTheDealTakenBackAndWonAgain_MakesTheTicketAnew()
    {
        var deal = world.AddDeal(ClientId);
        world.SyncDeals();
        world.Crms.Otmechalka.Store.DeleteTicket(Text(deal));
        world.Crms.Otmechalka.RefusalOf = (_, _) => new JsonObject { ["detail"] = "Нет такого абонемента." };
        world.EditDeal(deal, (Status, null));
        world.SyncDeals();
        Assert.StartsWith("Отмечалка не приняла", world.DealStatus(deal), StringComparison.Ordinal);
        world.EditDeal(deal, ("STAGE_ID", "PREPARATION"));
        world.Time.Advance(TimeSpan.FromMinutes(5));
        world.SyncDeals();
        world.Crms.Otmechalka.RefusalOf = (_, _) => null;
        world.EditDeal(deal, ("STAGE_ID", "WON"));
        world.Time.Advance(TimeSpan.FromMinutes(5));

        world.SyncDeals();

        Assert.Equal((1, "Успешно"), (world.Crms.Otmechalka.Store.CountTickets(Text(deal)), world.DealStatus(deal)));
    }

    [Theory]
    [MemberData(nameof(CarriedOut))]
    public void Sync_TicketStoredAndAnswerLost_IsFoundAndNeverCreatedTwice(string answer)
    {
        var deal = world.AddDeal(ClientId);
        world.Crms.OtmechalkaEndpoint.FaultOf = request => request.Operation == "POST tickets" ? AfterCommit(request, answer) : null;

        var report = world.SyncDeals();

        Assert.Equal(RunOutcome.Completed, report.Outcome);
        Assert.Equal((1, 1), (Creates, report.Created));
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Theory]
    [MemberData(nameof(NotCarriedOut))]
    public void Sync_CreateNotCarriedOutAndNoAnswer_IsNotRepeatedInTheSameRun(string how)
    {
        var deal = world.AddDeal(ClientId);
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
            request.Operation == "POST tickets"
                ? how == "drop"
                    ? Fault.DropBeforeCommit
                    : Fault.Hang
                : null;

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 1), (report.Outcome, Creates));
        Assert.Equal(RecordOutcome.Unclear, world.Entry(SyncJob.Deals, deal)!.Outcome);
        Assert.Null(world.DealStatus(deal)); // most likely mended by the next run: no alarm

        world.Crms.OtmechalkaEndpoint.FaultOf = null;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, world.SyncDeals().Created);
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_CreateTimedOutAndArrivesLate_IsFoundByTheNextRun()
    {
        var deal = world.AddDeal(ClientId);
        string? late = null;
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
        {
            if (request.Operation != "POST tickets")
            {
                return null;
            }

            late = request.Body;
            return Fault.Hang;
        };
        world.SyncDeals();
        world.Crms.OtmechalkaEndpoint.FaultOf = null;

        // The server behind the gateway was at it all the time.
        world.Crms.Otmechalka.Store.AddTicket(Text(deal), Text(ClientId), JsonNode.Parse(late!)!.AsObject(), []);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var report = world.SyncDeals();

        Assert.Equal((0, 1, 1), (report.Created, report.Unchanged, Creates));
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_CreateTimedOut_IsNotTriedAgainBeforeTheServerCanBeDone()
    {
        world.AddDeal(ClientId);
        world.Crms.OtmechalkaEndpoint.FaultOf = request => request.Operation == "POST tickets" ? Fault.Hang : null;
        world.SyncDeals();
        world.Crms.OtmechalkaEndpoint.Reset();
        world.Crms.OtmechalkaEndpoint.FaultOf = null;

        var askedAfter = TimeSpan.MaxValue;
        var started = world.Time.GetUtcNow();
        world.Crms.OtmechalkaEndpoint.OnRequest = _ =>
            askedAfter = askedAfter == TimeSpan.MaxValue ? world.Time.GetUtcNow() - started : askedAfter;
        var atOnce = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 1), (atOnce.Outcome, atOnce.Created));
        Assert.InRange(askedAfter, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void Sync_ConnectionsDropAfterTheTicketWasStoredSearchesToo_EndsWithExactlyOneTicket()
    {
        // Everything behind the create fails as well: the run can know nothing of it.
        var deal = world.AddDeal(ClientId);
        var broken = false;
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
        {
            var fault =
                request.Operation == "POST tickets" ? Fault.DropAfterCommit
                : broken ? Fault.Refuse
                : null;
            broken |= request.Operation == "POST tickets";
            return fault;
        };

        var interrupted = world.SyncDeals();
        Assert.Equal(RunOutcome.Interrupted, interrupted.Outcome);
        world.Crms.OtmechalkaEndpoint.FaultOf = null;
        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 0, 1), (report.Outcome, report.Created, report.Unchanged));
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_EveryCreateOfManyDealsLosesItsAnswer_EachHasExactlyOneTicket()
    {
        var deals = Enumerable.Range(0, 30).Select(_ => world.AddDeal(ClientId)).ToList();
        world.Crms.OtmechalkaEndpoint.FaultOf = request => request.Operation == "POST tickets" ? Fault.DropAfterCommit : null;

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 30), (report.Outcome, report.Created));
        Assert.All(deals, deal => Assert.Equal(1, world.Crms.Otmechalka.Store.CountTickets(Text(deal))));
        Assert.All(deals, deal => Assert.Equal("Успешно", world.DealStatus(deal)));
    }

    [Fact]
    public void Sync_TicketThereAlready_IsLeftAlone()
    {
        var deal = world.AddDeal(ClientId);
        world.Crms.Otmechalka.Store.AddTicket(Text(deal), Text(ClientId), new() { ["price_final"] = "1.00" }, []);

        var report = world.SyncDeals();

        Assert.Equal((0, 1, 0), (report.Created, report.Unchanged, Creates));
        Assert.Equal("1.00", Assert.Single(world.Crms.Otmechalka.Store.Tickets)["price_final"]);
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_TicketDeletedByHand_StaysDeletedUntilTheStatusIsCleared()
    {
        var deal = world.AddDeal(ClientId);
        world.SyncDeals();
        world.Crms.Otmechalka.Store.DeleteTicket(Text(deal));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.EditDeal(deal, ("COMMENTS", "x"));
        world.SyncDeals();
        Assert.Empty(world.Crms.Otmechalka.Store.Tickets);

        world.EditDeal(deal, (Status, ""));
        var report = world.SyncDeals();

        Assert.Equal(1, report.Created);
        Assert.Single(world.Crms.Otmechalka.Store.Tickets);
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_StatusClearedAndTicketThere_WritesTheStatusAndCreatesNothing()
    {
        var deal = world.AddDeal(ClientId);
        world.SyncDeals();
        world.Time.Advance(TimeSpan.FromMinutes(1));

        world.EditDeal(deal, (Status, ""));
        var report = world.SyncDeals();

        Assert.Equal((0, 1, 1), (report.Created, report.Unchanged, Creates));
        Assert.Equal("Успешно", world.DealStatus(deal));
    }

    [Fact]
    public void Sync_OtmechalkaRefuses_ItsWordsAreTheStatus()
    {
        var deal = world.AddDeal(ClientId);
        world.Crms.Otmechalka.RefusalOf = (_, _) => new() { ["employee"] = new JsonArray("Нет такого сотрудника.") };

        world.SyncDeals();

        Assert.Equal(DeliveryTexts.Refused + "ответственный: Нет такого сотрудника.", world.DealStatus(deal));
    }

    /// <summary>The ticket is stored, and this is what comes instead of its answer.</summary>
    private Fault AfterCommit(SandboxRequest request, string answer)
    {
        if (answer is "drop" or "hang")
        {
            return answer == "drop" ? Fault.DropAfterCommit : Fault.HangAfterCommit;
        }

        var ticket = JsonNode.Parse(request.Body)!.AsObject();
        world.Crms.Otmechalka.Store.AddTicket(ticket["origin_id"]!.ToString(), Text(ClientId), ticket, []);
        return answer switch
        {
            "not json" => Fault.Answer(200, "OK"),
            "html" => Fault.Answer(200, "<html><title>x</title></html>", "text/html"),
            _ => Fault.Answer(int.Parse(answer, CultureInfo.InvariantCulture), "<html></html>", "text/html"),
        };
    }
}
