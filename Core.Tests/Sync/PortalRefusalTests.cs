using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Cli;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>What refuses us as a whole ends the run, touches no card, and the doctor says what to do.</summary>
public sealed class PortalRefusalTests
{
    public static TheoryData<int, string, string, string> Refusals =>
        new()
        {
            { 400, "", "Access denied.", "rights" },
            { 400, "ACCESS_DENIED", "", "rights" },
            { 403, "", "", "Webhook" },
            { 402, "", "", "plan" },
            { 402, "QUERY_LIMIT_EXCEEDED", "", "Webhook" },
            { 401, "PAYMENT_REQUIRED", "", "plan" },
            { 402, "PAYMENT_REQUIRED", "", "plan" },
            { 410, "PORTAL_DELETED", "", "deleted" },
            { 500, "PORTAL_DELETED", "", "deleted" },
            { 503, "OVERLOAD_LIMIT", "", "support" },
            { 200, "METHOD_CONFIRM_WAITING", "", "confirm" },
            { 401, "METHOD_CONFIRM_WAITING", "", "confirm" },
            { 403, "ACCESS_DENIED", "", "plan" },
            { 401, "INVALID_CREDENTIALS", "", "Webhook" },
            { 401, "expired_token", "", "Webhook" },
            { 403, "insufficient_scope", "", "scope" },
            { 400, "INVALID_REQUEST", "Https required", "https" },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Run_PortalRefusesTheList_EndsAndTouchesNoCard(int status, string code, string description, string advice)
    {
        var world = World.Empty();
        var id = world.AddContact();
        world.Crms.Bitrix24Endpoint.FaultOf = request => request.Operation == "crm.contact.list" ? Answer(status, code, description) : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0, 0), (report.Outcome, report.Read, report.OtmechalkaRequests));
        Assert.Equal(1, world.Crms.Bitrix24Endpoint.Journal.Entries.Count(entry => entry.Operation == "crm.contact.list"));
        Assert.Null(world.ContactStatus(id));
        Assert.NotEmpty(advice);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Doctor_PortalRefusesTheList_SaysWhatToDoAndEndsWith2(int status, string code, string description, string advice)
    {
        using var cli = new CliDriver();
        cli.World.Crms.Bitrix24Endpoint.FaultOf = request =>
            request.Operation == "crm.contact.list" ? Answer(status, code, description) : null;

        Assert.Equal(2, cli.Run("doctor", "--json"));
        var check = cli.Json["checks"]!.AsArray().Single(check => (string?)check!["check"] == "rights")!;
        Assert.Equal("failure", (string?)check["result"]);
        Assert.Contains(advice, (string?)check["advice"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(400, "Invalid parameters.")]
    [InlineData(400, "")]
    [InlineData(404, "ERROR_METHOD_NOT_FOUND")]
    public void Doctor_StagesMayNotBeAsked_IsAWarning(int status, string code)
    {
        using var cli = new CliDriver();
        cli.World.Crms.Bitrix24Endpoint.FaultOf = request =>
            request.Operation == "crm.status.list" ? Answer(status, code, "Access denied.") : null;

        Assert.Equal(0, cli.Run("doctor", "--json"));
        Assert.Contains(
            cli.Json["checks"]!.AsArray(),
            check => (string?)check!["check"] == "Mapping__Deal__Stages" && (string?)check["result"] == "warning"
        );
    }

    [Theory]
    [InlineData("Access denied", "")]
    [InlineData("Access denied", "ACCESS_DENIED")]
    public void Run_OneCardMayNotBeWritten_IsThatCardsMatter(string description, string code)
    {
        var world = World.Empty();
        var ids = world.AddContacts(3);
        world.Portal.CommandFault = call =>
            call.Method == "crm.contact.update" && call.Id == ids[1] ? RestException.OfMethod(description, code) : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 3, 2, 1), (report.Outcome, report.Created, report.StatusesWritten, report.StatusesOwed));
    }

    [Fact]
    public void Run_NoDealsProductsMayBeSeen_EndsAndBlamesNoDeal()
    {
        var world = World.Empty();
        world.AddClient(39558);
        var deals = Enumerable.Range(0, 3).Select(_ => world.AddDeal(39558)).ToList();
        world.Portal.CommandFault = call => call.Method == "crm.deal.productrows.get" ? RestException.OfMethod("Access denied") : null;

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Interrupted, 0), (report.Outcome, report.Failed));
        Assert.All(deals, deal => Assert.Null(world.DealStatus(deal)));
    }

    private static Fault Answer(int status, string code, string description) =>
        Fault.Answer(status, $$"""{"error":"{{code}}","error_description":"{{description}}"}""");
}
