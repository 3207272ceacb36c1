using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.Items;

namespace B24Otmechalka.Core.Tests.Sync;

public sealed class RunRulesTests
{
    private readonly RunRules rules = new();

    [Fact]
    public void Judge_AllTaken_PassesAll()
    {
        var items = Many(3, Taken);

        var judgement = rules.Judge(items, isBrokenOff: false);

        Assert.Equal(items, judgement.Passed);
        Assert.Null(judgement.Failure);
    }

    [Fact]
    public void Judge_FourServerErrorsThenATakenOne_PassesAllInOrder()
    {
        SyncItem[] items = [.. Many(4, ServerError), Sent(Taken)];

        var judgement = rules.Judge(items, isBrokenOff: false);

        Assert.Equal(items, judgement.Passed);
        Assert.Null(judgement.Failure);
    }

    [Fact]
    public void Judge_ManyThatGotTheSame500Before_ArePassedAtOnce()
    {
        SyncItem[] items = [.. Enumerable.Range(1, 9).Select(id => Sent(ServerError, Known(ServerError.Code), id: id))];

        var judgement = rules.Judge(items, isBrokenOff: false);

        Assert.Equal(items, judgement.Passed);
        Assert.Null(judgement.Failure);
    }

    [Fact]
    public void Judge_FiveThatWereRefusedForAnotherReason_EndTheRun()
    {
        SyncItem[] items = [.. Enumerable.Range(1, 5).Select(id => Sent(ServerError, Known("HTTP 400"), id: id))];

        Assert.NotNull(rules.Judge(items, isBrokenOff: false).Failure);
    }

    [Fact]
    public void Judge_AServerErrorBeforeManyThatNeedNothing_IsHeldBackOnlySoLong()
    {
        SyncItem[] items = [Sent(ServerError), .. Enumerable.Range(2, RunRules.MostHeldBack).Select(id => Item(id: id))];

        var passed = rules.Judge(items, isBrokenOff: false).Passed;

        Assert.Equal(items, passed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Judge_FiveServerErrorsInARowAcrossChunks_EndsTheRunAndPassesNone(int inTheFirstChunk)
    {
        var first = rules.Judge(Many(inTheFirstChunk, ServerError), isBrokenOff: false);
        var second = rules.Judge(Many(5 - inTheFirstChunk, ServerError), isBrokenOff: false);

        Assert.Empty(first.Passed);
        Assert.Empty(second.Passed);
        Assert.Empty(second.Remembered);
        Assert.IsType<UnavailableException>(second.Failure);
        Assert.NotNull(second.FirstUnpassed);
    }

    [Fact]
    public void Judge_RecordsThatNeedNothingBetweenServerErrors_DoNotBreakTheRow()
    {
        SyncItem[] items = [Sent(ServerError), Item(), Sent(ServerError), Item(), Sent(ServerError), Sent(ServerError), Sent(ServerError)];

        Assert.IsType<UnavailableException>(rules.Judge(items, isBrokenOff: false).Failure);
    }

    [Fact]
    public void Release_FewerServerErrorsThanWouldBeAnOutage_AreTheirRecordsOwn()
    {
        var items = Many(4, ServerError);
        rules.Judge(items, isBrokenOff: false);

        Assert.Equal(items, rules.Release());
        Assert.Empty(rules.Release());
    }

    [Fact]
    public void Judge_AFailureInTheMiddle_PassesWhatIsBeforeAndRemembersWhatOtmechalkaTookBehind()
    {
        var before = Sent(Taken, id: 1);
        var failed = Item(id: 2);
        failed.Action = SyncAction.Send;
        failed.Failure = new UnavailableException(RequestMeter.Otmechalka, "HTTP 503");
        var behind = Sent(Taken, id: 3);

        var judgement = rules.Judge([before, failed, behind, Item(id: 4)], isBrokenOff: false);

        Assert.Equal([before], judgement.Passed);
        Assert.Equal([behind], judgement.Remembered);
        Assert.Same(failed.Failure, judgement.Failure);
        Assert.Same(failed, judgement.FirstUnpassed);
    }

    [Fact]
    public void Judge_OneCreateWithoutAnAnswer_IsItsRecordsOwnMatter()
    {
        SyncItem[] items = [Sent(Unclear), Sent(Taken), Sent(Unclear)];

        var judgement = rules.Judge(items, isBrokenOff: false);

        Assert.Equal(items, judgement.Passed);
        Assert.Null(judgement.Failure);
    }

    [Fact]
    public void Judge_TwoCreatesWithoutAnAnswerInARow_EndTheRunAndTheSecondIsRemembered()
    {
        SyncItem[] items = [Sent(Unclear, id: 1), Sent(Unclear, id: 2)];

        var judgement = rules.Judge(items, isBrokenOff: false);

        Assert.Equal([items[0]], judgement.Passed);
        Assert.Equal([items[1]], judgement.Remembered);
        Assert.IsType<UnavailableException>(judgement.Failure);
    }

    [Fact]
    public void Judge_CreatesThatTheRunItselfBrokeOff_SayNothingOfOtmechalka() =>
        Assert.Null(rules.Judge([Sent(Unclear), Sent(Unclear)], isBrokenOff: true).Failure);

    [Fact]
    public void Judge_UnclearCreateThatShowsAnOutage_EndsTheRun()
    {
        var outage = new UnavailableException(RequestMeter.Otmechalka, "HTTP 502");

        Assert.Same(outage, rules.Judge([Sent(Unclear with { EndsRun = outage })], isBrokenOff: false).Failure);
    }

    [Fact]
    public void Judge_AnOutageBehindServerErrors_BeginsWithTheFirstOfThem()
    {
        var held = Many(2, ServerError);
        rules.Judge(held, isBrokenOff: false);
        var failed = Item(id: 9);
        failed.Failure = new UnavailableException(RequestMeter.Otmechalka, "HTTP 503");

        var judgement = rules.Judge([failed], isBrokenOff: false);

        Assert.Same(held[0], judgement.FirstUnpassed);
        Assert.Empty(judgement.Remembered);
        Assert.Empty(rules.Release());
    }

    [Fact]
    public void Judge_ARowOfFailures_SaysWhatItWas()
    {
        var servers = new RunRules().Judge(Many(5, ServerError), isBrokenOff: false).Failure;
        var unclear = new RunRules().Judge(Many(2, Unclear), isBrokenOff: false).Failure;
        var nameless = new RunRules().Judge(Many(2, Unclear with { Code = null }), isBrokenOff: false).Failure;

        Assert.Equal("otmechalka is unavailable: HTTP 500 for 5 records in a row", servers?.Message);
        Assert.Equal("otmechalka is unavailable: timeout", unclear?.Message);
        Assert.Equal("otmechalka is unavailable: connection", nameless?.Message);
    }

    private static LedgerEntry Known(string? code) =>
        new()
        {
            Id = "1",
            Outcome = RecordOutcome.Refused,
            Code = code,
        };

    private static Delivery Taken => Delivery.Taken(DeliveryChange.Created);

    private static Delivery ServerError =>
        new(RecordOutcome.Refused)
        {
            IsServerError = true,
            Status = "Отмечалка не приняла",
            Code = "HTTP 500",
        };

    private static Delivery Unclear => new(RecordOutcome.Unclear) { Status = "Отмечалка не ответила", Code = "timeout" };

    private static List<SyncItem> Many(int count, Delivery delivery) =>
        [.. Enumerable.Range(1, count).Select(id => Sent(delivery, id: id))];
}
