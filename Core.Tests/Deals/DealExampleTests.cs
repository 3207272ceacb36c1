using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Deals;

/// <summary>The worked deal example of the specification, byte for byte.</summary>
public sealed class DealExampleTests
{
    private const long DealId = 96294;

    [Fact]
    public void Sync_AnswersExactlyAsInTheExample_SendsTheTicketByteForByte()
    {
        var world = World.Empty();
        world.AddClient(39558);
        world.Deals.Add([], DealId);
        world.Crms.Bitrix24Endpoint.FaultOf = request =>
            request.Operation switch
            {
                "crm.deal.list" => Fault.Answer(200, Examples.Answer($"[{Part("crm.deal.list row")}]")),
                "batch" when request.Body.Contains("crm.deal.productrows.get", StringComparison.Ordinal) => Fault.Answer(
                    200,
                    Examples.Answer(
                        $$"""{"result":{"c0":[{{Part("user.get")}}],"c1":"""
                            + $$"""[{{Part("crm.deal.list row")}}],"c2":{{Part("crm.deal.productrows.get")}}}"""
                            + $$""","result_error":[],"result_total":{"c0":1},"result_next":[],"result_time":[]}"""
                    )
                ),
                _ => null,
            };

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 1), (report.Outcome, report.Created));
        Assert.Equal(Part("ticket"), Assert.Single(world.Sent("POST tickets")));
        Assert.Equal("Успешно", world.DealStatus(DealId));
    }

    [Fact]
    public void Sync_SampleDataOfThePortal_SendsTheTicketByteForByte()
    {
        var world = World.Sample();
        world.SyncContacts();

        world.SyncDeals();

        Assert.Equal(
            Part("ticket"),
            Assert.Single(world.Sent("POST tickets"), body => body.Contains("\"96294\"", StringComparison.Ordinal))
        );
        Assert.Equal("Успешно", world.DealStatus(DealId));
    }

    private static string Part(string name) => Examples.Deal.GetProperty(name).OneLine();
}
