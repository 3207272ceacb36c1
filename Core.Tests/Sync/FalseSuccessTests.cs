using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Fuzzing;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using CsCheck;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// otmechalka answers 200 or 201 without the client or ticket: that is no success and no refusal of the record. The run ends,
/// no card says «Успешно» for it, and the next run makes good what was not done (docs/spec.md, sections 4.2 and 6).
/// </summary>
public sealed class FalseSuccessTests
{
    private const string Success = "Успешно";

    private static readonly Gen<(BodyFor Body, int Status)> Answers = Gen.Select(
        FalseSuccess.Any,
        Choice.Of(200, 200, 201),
        (body, status) => (body, status)
    );

    [Theory]
    [InlineData("GET client")]
    [InlineData("POST clients")]
    [InlineData("GET ticket")]
    [InlineData("POST tickets")]
    public void Run_NothingWasDone_IsUnavailableAndDeliveredLater(string operation) =>
        Answers.Sample(
            answer =>
            {
                var world = World.Empty();
                var (job, id) = Arrange(world, operation);
                Answer(world, operation, answer, id, isCarriedOut: false);

                var report = world.Sync(job);

                Assert.Equal(RunOutcome.Interrupted, report.Outcome);
                Assert.StartsWith("otmechalka is unavailable: ", report.Reason, StringComparison.Ordinal);
                Assert.NotEqual(Success, Status(world, job, id));
                Assert.Null(world.Entry(job, id)?.DeliveredAt);
                AssertMadeGood(world, job, id);
            },
            iter: 40
        );

    [Theory]
    [InlineData("POST clients")]
    [InlineData("POST tickets")]
    public void Run_TheCreateWasCarriedOut_IsFoundAndNotRepeated(string operation) =>
        Answers.Sample(
            answer =>
            {
                var world = World.Empty();
                var (job, id) = Arrange(world, operation);
                Answer(world, operation, answer, id, isCarriedOut: true);

                Assert.Equal((RunOutcome.Completed, 1), (world.Sync(job).Outcome, Count(world, job, id)));

                AssertMadeGood(world, job, id);
            },
            iter: 20
        );

    [Fact]
    public void Run_AnUpdateShowsNothing_IsSentAgain() =>
        Gen.Select(Answers, Gen.Bool)
            .Sample(
                (answer, isCarriedOut) =>
                {
                    var world = World.Empty();
                    var id = world.AddContact();
                    world.SyncContacts();
                    world.EditContact(id, (StudentFirstName, "Пётр"));
                    Answer(world, "POST client", answer, id, isCarriedOut);

                    var report = world.SyncContacts();

                    Assert.Equal((RunOutcome.Interrupted, 0), (report.Outcome, report.Updated));
                    world.Crms.OtmechalkaEndpoint.FaultOf = null;
                    Assert.Equal(1, world.SyncContacts().Updated);
                    Assert.Equal("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!["first_name"]);
                },
                iter: 40
            );

    [Fact]
    public void Run_TheCreateArrivesAfterAll_IsNotCreatedTwice() =>
        FalseSuccess.Json.Sample(
            body =>
            {
                var world = World.Empty();
                var (job, id) = Arrange(world, "POST tickets");
                string? queued = null;
                world.Crms.OtmechalkaEndpoint.FaultOf = request =>
                {
                    var isFirst = request.Operation == "POST tickets" && queued is null;
                    queued ??= isFirst ? request.Body : null;
                    return isFirst ? Fault.Answer(200, body.Of(Text(id))) : null;
                };
                world.Sync(job);
                // The server gets to it while the next run waits.
                using var timer = world.Time.CreateTimer(
                    _ =>
                        world.Crms.Otmechalka.Store.AddTicket(
                            Text(id),
                            "x",
                            System.Text.Json.Nodes.JsonNode.Parse(queued!)!.AsObject(),
                            []
                        ),
                    null,
                    TimeSpan.FromSeconds(20),
                    Timeout.InfiniteTimeSpan
                );

                world.Sync(job);

                Assert.Equal((1, Success), (world.Crms.Otmechalka.Store.CountTickets(Text(id)), world.DealStatus(id)));
                Assert.Single(world.Sent("POST tickets"));
            },
            iter: 20
        );

    [Theory]
    [InlineData("GET client")]
    [InlineData("POST clients")]
    [InlineData("GET ticket")]
    [InlineData("POST tickets")]
    public void Run_AnswerIsLargerThanARecord_IsUnavailableAndNotAskedForAgain(string operation)
    {
        var world = World.Empty();
        var (job, id) = Arrange(world, operation);
        world.Crms.OtmechalkaEndpoint.Reset();
        Answer(
            world,
            operation,
            (new BodyFor($$"""{"id":7001,"origin_id":"%OURS%","x":"{{new string('x', 1 << 20)}}"}"""), 200),
            id,
            isCarriedOut: false
        );

        var report = world.Sync(job);

        Assert.Equal((RunOutcome.Interrupted, "otmechalka is unavailable: an answer that is too large"), (report.Outcome, report.Reason));
        Assert.Equal(1, world.Crms.OtmechalkaEndpoint.Journal.Entries.Count(entry => entry.Operation == operation && entry.Status == 200));
        Assert.NotEqual(Success, Status(world, job, id));
        AssertMadeGood(world, job, id);
    }

    [Theory]
    [InlineData("""{"id":7001}""")]
    [InlineData("""{"id":"7001","origin_id":%OURS%}""")]
    [InlineData("""{"id":"b3d2","origin_id":"%OURS%","detail":"","errors":[]}""")]
    [InlineData("\ufeff{\"id\":7001,\"origin_id\":\" %OURS% \",\"error\":\"x\"}")]
    [InlineData(" \r\n{\"id\":7e3,\"origin_id\":%OURS%.0,\"client\":{\"id\":null}}\n")]
    public void Run_TheRecordInAnotherForm_IsASuccess(string body)
    {
        var world = World.Empty();
        var id = world.AddContact();
        Answer(world, "POST clients", (new BodyFor(body), 201), id, isCarriedOut: true);

        Assert.Equal((RunOutcome.Completed, 1), (world.SyncContacts().Outcome, world.Sent("POST clients").Count));
        Assert.Equal(Success, world.ContactStatus(id));
    }

    private static (SyncJob Job, long Id) Arrange(World world, string operation)
    {
        var contact = world.AddContact();
        if (operation is "GET client" or "POST clients")
        {
            return (SyncJob.Contacts, contact);
        }

        world.SyncContacts();
        return (SyncJob.Deals, world.AddDeal(contact));
    }

    private static void Answer(World world, string operation, (BodyFor Body, int Status) answer, long id, bool isCarriedOut) =>
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
            request.Operation != operation ? null
            : isCarriedOut ? Fault.AnswerAfterCommit(answer.Status, answer.Body.Of(Text(id)))
            : Fault.Answer(answer.Status, answer.Body.Of(Text(id)));

    private static void AssertMadeGood(World world, SyncJob job, long id)
    {
        world.Crms.OtmechalkaEndpoint.FaultOf = null;
        world.Sync(job);
        Assert.Equal((1, Success), (Count(world, job, id), Status(world, job, id)));
        Assert.Empty(world.Crms.Otmechalka.Store.Doubles);
    }

    private static int Count(World world, SyncJob job, long id) =>
        job == SyncJob.Contacts ? world.Crms.Otmechalka.Store.CountClients(Text(id)) : world.Crms.Otmechalka.Store.CountTickets(Text(id));

    private static string? Status(World world, SyncJob job, long id) =>
        job == SyncJob.Contacts ? world.ContactStatus(id) : world.DealStatus(id);
}
