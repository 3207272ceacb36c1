using System.Text.Json.Nodes;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// A part of an answer that is missing or of another shape is a failed read, tried again: never an empty list, and never a
/// manager's mistake (docs/spec.md, section 6).
/// </summary>
public sealed class OddAnswerTests
{
    private const long ClientId = 39558;

    private readonly World world = World.Empty();

    /// <summary>What stands where a list should be; the empty text: nothing at all.</summary>
    private static readonly string[] Kinds =
    [
        "null",
        "false",
        "true",
        "0",
        "1",
        "\"\"",
        "\"text\"",
        "{}",
        """{"a":1}""",
        """{"ID":"1","DATE_MODIFY":"x"}""",
        """{"items":[]}""",
        "[null]",
        "[1,\"x\"]",
        "[[]]",
        "[{}]",
        "",
    ];

    public static TheoryData<string> Odd => [.. Kinds];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_ListIsOdd_EndsTheRunAndPassesNothing(string odd)
    {
        var ids = world.AddContacts(3);
        world.Rewrite = Odds(AnswerRewriter.IsCards, odd);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 0, 0), (report.Outcome, report.Read, report.OtmechalkaRequests));
        Assert.Equal(4, report.Bitrix24Requests - 1); // the preflight, and three retries
        AssertGoesOn(ids);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_ListIsOddOnce_IsTriedAgain(string odd)
    {
        var ids = world.AddContacts(3);
        world.Rewrite = Odds(AnswerRewriter.IsCards, odd, times: 1);

        Assert.Equal((RunOutcome.Completed, 3), (world.SyncContacts().Outcome, ids.Count));
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_AnyPageOfManyIsOdd_LosesNoCard(string odd)
    {
        // Two of the eight pages for each kind, by turns: every page is odd in four ways.
        var turn = Array.IndexOf(Kinds, odd) % 4;
        foreach (var at in (int[])[turn, turn + 4])
        {
            var one = World.Empty();
            var ids = Enumerable.Range(0, 330).Select(_ => one.AddContact()).ToList();
            one.Time.Advance(TimeSpan.FromSeconds(5));
            var left = at;
            one.Rewrite = Odds(node => AnswerRewriter.IsCards(node) && left-- == 0, odd);

            one.SyncContacts();
            one.Rewrite = null;
            one.SyncContacts();

            Assert.Equal(330, one.Crms.Otmechalka.Store.ClientCount);
            Assert.All(ids, id => Assert.Equal("Успешно", one.ContactStatus(id)));
        }
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_LookBeforeAStatusIsOdd_StatusStaysOwed(string odd)
    {
        var ids = world.AddContacts(2);
        var lists = 0;
        world.Rewrite = Odds(node => AnswerRewriter.IsCards(node) && lists++ > 0, odd); // the first one is the window

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, 2, 0, 2), (report.Outcome, report.Created, report.StatusesWritten, report.StatusesOwed));
        AssertGoesOn(ids);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"no\"")]
    [InlineData("[]")]
    [InlineData("")]
    public void Run_AStatusWriteIsAnsweredOddly_StatusStaysOwed(string odd)
    {
        var ids = world.AddContacts(3);
        var writes = 0;
        world.Rewrite = Odds(node => node is JsonValue value && value.TryGetValue<bool>(out var taken) && taken && writes++ == 1, odd);

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Completed, 2, 1), (report.Outcome, report.StatusesWritten, report.StatusesOwed));
        AssertGoesOn(ids);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_RowsOfOneDealAreOdd_AreThatDealsMatterAndNotAMistake(string odd)
    {
        var deals = AddDeals(3);
        world.Rewrite = Odds(node => IsRows(node) && (string?)node![0]!["OWNER_ID"] == Text(deals[1]), odd);

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Completed, 2, 1), (report.Outcome, report.Created, report.Failed));
        if (odd != "[{}]") // a row, though one that is not filled in
        {
            Assert.Equal(DealTexts.ProductsUnreadable + DealTexts.ProductsOdd, world.DealStatus(deals[1]));
        }

        world.Rewrite = null;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        world.EditDeal(deals[1], ("OPPORTUNITY", "8701"));
        Assert.Equal(1, world.SyncDeals().Created);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_RowsOfTwoDealsStayOdd_LetNewDealsGo(string odd)
    {
        var deals = AddDeals(3);
        world.Rewrite = Odds(
            node => IsRows(node) && (string?)node![0]!["OWNER_ID"] is { } id && (id == Text(deals[0]) || id == Text(deals[1])),
            odd
        );
        world.SyncDeals();

        for (var run = 1; run <= 3; run++)
        {
            world.Time.Advance(TimeSpan.FromHours(5)); // both are due, and nothing else
            var added = AddDeals(1)[0];

            Assert.Equal(RunOutcome.Completed, world.SyncDeals().Outcome);
            Assert.Equal("Успешно", world.DealStatus(added));
        }
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_RowsOfAllDealsAreOdd_EndsTheRunAndBlamesNoDeal(string odd)
    {
        if (odd == "[{}]")
        {
            return;
        }

        var deals = AddDeals(3);
        world.Rewrite = Odds(IsRows, odd);

        var report = world.SyncDeals();

        Assert.Equal((RunOutcome.Interrupted, 0, 0), (report.Outcome, report.Failed, report.StatusesOwed));
        Assert.All(deals, deal => Assert.Null(world.DealStatus(deal)));
        world.Rewrite = null;
        Assert.Equal(3, world.SyncDeals().Created);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_UsersOrTheRecheckAreOdd_EndsTheRunAndBlamesNoDeal(string odd)
    {
        var deals = AddDeals(2);
        foreach (var isUsers in new[] { true, false })
        {
            var lists = 0;
            world.Rewrite = Odds(
                node =>
                    isUsers
                        ? node is JsonArray and [JsonObject user, ..] && user.ContainsKey("ACTIVE")
                        : AnswerRewriter.IsCards(node) && lists++ > 0,
                odd
            );

            var report = world.SyncDeals();

            Assert.Equal((RunOutcome.Interrupted, 0, 0), (report.Outcome, report.Failed, report.StatusesOwed));
        }

        Assert.All(deals, deal => Assert.Null(world.DealStatus(deal)));
        world.Rewrite = null;
        Assert.Equal(2, world.SyncDeals().Created);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Run_FieldsAreDescribedOddly_IsNoMistakeOfTheSettings(string odd)
    {
        world.AddContacts(1);
        world.Rewrite = Odds(node => node is JsonObject fields && fields.ContainsKey("DATE_MODIFY"), odd);

        Assert.Equal(RunOutcome.Interrupted, world.SyncContacts().Outcome);
        world.Rewrite = null;
        Assert.Equal(1, world.SyncContacts().Created);
    }

    [Fact]
    public void Run_ListIsAMapWithGaps_IsRead()
    {
        var ids = world.AddContacts(3);
        world.Rewrite = AnswerRewriter.Results(node =>
            AnswerRewriter.IsCards(node)
                ? new JsonObject(node!.AsArray().Select((row, i) => KeyValuePair.Create($"{(i * 2) + 1}", row?.DeepClone()))).ToJsonString()
                : node?.ToJsonString() ?? "null"
        );

        Assert.Equal(3, world.SyncContacts().Created);
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    [Fact]
    public void Run_DealWithoutProducts_IsStillTheManagersMatter()
    {
        var deal = world.AddDealWith(ClientId, []);

        world.SyncDeals();

        Assert.Contains(DealTexts.Product, world.DealStatus(deal), StringComparison.Ordinal);
    }

    private static bool IsRows(JsonNode? node) => node is JsonArray and [JsonObject row, ..] && row.ContainsKey("PRODUCT_NAME");

    private static Func<string, byte[], byte[]> Odds(Func<JsonNode?, bool> isMeant, string odd, int times = int.MaxValue) =>
        AnswerRewriter.Results(node =>
            isMeant(node) && times-- > 0
                ? odd.Length == 0
                    ? null
                    : odd
                : node?.ToJsonString() ?? "null"
        );

    private void AssertGoesOn(IReadOnlyList<long> ids)
    {
        world.Rewrite = null;
        var report = world.SyncContacts();
        Assert.Equal((RunOutcome.Completed, 0), (report.Outcome, report.StatusesOwed));
        Assert.Equal(ids.Count, world.Crms.Otmechalka.Store.ClientCount);
        Assert.All(ids, id => Assert.Equal("Успешно", world.ContactStatus(id)));
    }

    private List<long> AddDeals(int count)
    {
        world.AddClient(ClientId);
        return [.. Enumerable.Range(0, count).Select(_ => world.AddDeal(ClientId))];
    }
}
