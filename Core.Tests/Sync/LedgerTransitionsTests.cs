using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.Items;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>The arrows of the state diagram of a ledger entry.</summary>
public sealed class LedgerTransitionsTests
{
    private const string Success = "Успешно";
    private const string Refused = "Отмечалка не приняла: телефон занят";

    private readonly LedgerTransitions transitions = new(Key, Now);

    [Fact]
    public void Sent_TakenForTheFirstTime_IsDeliveredAndOwesItsStatus()
    {
        var transition = transitions.Sent(Sent(Delivery.Taken(DeliveryChange.Created)));

        Assert.Equal(RecordOutcome.Delivered, transition.Entry.Outcome);
        Assert.Equal(Stored("payload"), transition.Entry.PayloadHash);
        Assert.Equal(Now, transition.Entry.DeliveredAt);
        Assert.True(transition.IsFirstDelivery);
        Assert.Equal(Success, transition.Status);
        Assert.True(transition.Entry.StatusOwed);
    }

    [Fact]
    public void Sent_TakenAndTheCardHoldsTheTextAlready_OwesNothing()
    {
        var transition = transitions.Sent(Sent(Delivery.Taken(DeliveryChange.Updated), Failed(3), Success));

        Assert.Null(transition.Status);
        Assert.False(transition.Entry.IsPending);
        Assert.Equal(0, transition.Entry.Attempts);
        Assert.Null(transition.Entry.FailingSince);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 15)]
    [InlineData(2, 3, 30)]
    [InlineData(20, 21, 24 * 60)]
    public void Sent_RefusedAgain_IsTriedLessAndLessOften(int before, int attempts, int minutes)
    {
        var transition = transitions.Sent(Sent(RefusedDelivery(), before == 0 ? null : Failed(before)));

        Assert.Equal(RecordOutcome.Refused, transition.Entry.Outcome);
        Assert.Equal(attempts, transition.Entry.Attempts);
        Assert.Equal(Now.AddMinutes(minutes), transition.Entry.NextTry);
        Assert.Equal(Refused, transition.Status);
    }

    [Fact]
    public void Sent_RefusedWithAnotherPayload_StartsOver() =>
        Assert.Equal(1, transitions.Sent(Sent(RefusedDelivery(), Failed(5) with { PayloadHash = Stored("another") })).Entry.Attempts);

    [Fact]
    public void Sent_UnclearForTheFirstTime_LeavesTheCardAsItIsAndWaitsForTheServer()
    {
        var transition = transitions.Sent(Sent(UnclearDelivery()));

        Assert.Equal(RecordOutcome.Unclear, transition.Entry.Outcome);
        Assert.Equal(Now.AddSeconds(35), transition.Entry.NotBefore);
        Assert.Equal(transition.Entry.NotBefore, transition.Entry.NextTry);
        Assert.Null(transition.Status);
        Assert.False(transition.Entry.StatusOwed);
    }

    [Fact]
    public void Sent_UnclearAgain_TellsTheManagers()
    {
        var known = transitions.Sent(Sent(UnclearDelivery())).Entry;

        Assert.Equal("Отмечалка не ответила", transitions.Sent(Sent(UnclearDelivery(), known)).Status);
    }

    [Fact]
    public void Sent_WaitsForItsClient_RemembersForWhomAndSinceWhen()
    {
        var since = Now.AddDays(-1);
        var delivery = new Delivery(RecordOutcome.WaitsForClient)
        {
            Status = "ждёт",
            Code = "no client",
            WaitsFor = "77",
            ClientWasDeliveredAt = since,
        };

        var entry = transitions.Sent(Sent(delivery)).Entry;

        Assert.Equal("77", entry.WaitsFor);
        Assert.Equal(since, entry.ClientWasDeliveredAt);
    }

    [Fact]
    public void Withheld_OutOfScope_IsASuccess()
    {
        var transition = transitions.Withheld(Mapped(new MappingResult.OutOfScope()));

        Assert.Equal(RecordOutcome.OutOfScope, transition.Entry.Outcome);
        Assert.Equal(Success, transition.Status);
        Assert.Null(transition.Entry.NextTry);
    }

    [Fact]
    public void Withheld_Invalid_IsTriedAgainOnlyWhenItChanges()
    {
        var transition = transitions.Withheld(Mapped(new MappingResult.Invalid("Не заполнено: телефон")));

        Assert.Equal(RecordOutcome.Invalid, transition.Entry.Outcome);
        Assert.Equal("Не заполнено: телефон", transition.Status);
        Assert.Null(transition.Entry.NextTry);
        Assert.Equal(Now, transition.Entry.FailingSince);
    }

    [Fact]
    public void Withheld_Unreadable_IsTriedAgain() =>
        Assert.Equal(Now, transitions.Withheld(Mapped(new MappingResult.Unreadable("Не удалось прочитать товары", "X"))).Entry.NextTry);

    [Fact]
    public void LeftAlone_NeverDelivered_IsForgotten() => Assert.True(transitions.LeftAlone(Failed(2)).Forgets);

    [Fact]
    public void LeftAlone_DeliveredBefore_IsRememberedAndOwesNothing()
    {
        var transition = transitions.LeftAlone(Taken() with { StatusOwed = true, NextTry = Now, Attempts = 3 });

        Assert.False(transition.Forgets);
        Assert.False(transition.Entry.IsPending);
        Assert.False(transition.Entry.IsFailing);
    }

    [Fact]
    public void LeftAlone_LastSendingTaken_RemembersWhatOtmechalkaHolds() =>
        Assert.Equal(Stored("payload"), transitions.LeftAlone(Taken()).Entry.PayloadHash);

    [Fact]
    public void LeftAlone_LastSendingRefused_IsForgottenThoughItWasDeliveredBefore() =>
        Assert.True(transitions.LeftAlone(Failed(2) with { DeliveredAt = Now }).Forgets);

    [Fact]
    public void LeftAlone_SendingWithoutAnOutcome_IsForgotten() =>
        Assert.True(transitions.LeftAlone(LedgerTransitions.Marked(Taken(), "1").Entry).Forgets);

    [Fact]
    public void Missing_ACreateMayStillArrive_IsNotForgottenYet() =>
        Assert.False(transitions.Missing(Failed(2) with { MissingSince = Now.AddMinutes(-1), NotBefore = Now.AddSeconds(1) }, Now).Forgets);

    [Fact]
    public void Withheld_ACreateMayStillArrive_StaysKnownAndIsDueWhenThatIsOver()
    {
        var late = Failed(1) with { NotBefore = Now.AddSeconds(20) };
        MappingResult[] withheld = [new MappingResult.OutOfScope(), new MappingResult.Invalid("a"), new MappingResult.Unreadable("b", "X")];

        Assert.All(
            withheld,
            mapping =>
            {
                var entry = transitions.Withheld(Mapped(mapping, late)).Entry;
                Assert.Equal(late.NotBefore, entry.NotBefore);
                Assert.Equal(late.NotBefore, entry.NextTry);
            }
        );
    }

    [Fact]
    public void LeftAlone_ACreateMayStillArrive_IsRemembered() =>
        Assert.False(transitions.LeftAlone(Failed(1) with { NotBefore = Now.AddSeconds(1) }).Forgets);

    [Fact]
    public void Missing_FirstLook_KeepsAllThatIsOwed()
    {
        var transition = transitions.Missing(Failed(2) with { StatusOwed = true }, Now);

        Assert.False(transition.Forgets);
        Assert.Equal(Now, transition.Entry.MissingSince);
        Assert.True(transition.Entry.StatusOwed);
        Assert.True(transition.Entry.IsPending);
    }

    [Fact]
    public void Missing_SecondLookInTheSameRun_KeepsItToo() =>
        Assert.False(transitions.Missing(Failed(2) with { MissingSince = Now }, Now.AddSeconds(-1)).Forgets);

    [Fact]
    public void Missing_SecondLookInAnotherRun_Forgets() =>
        Assert.True(transitions.Missing(Failed(2) with { MissingSince = Now.AddMinutes(-1) }, Now).Forgets);

    [Theory]
    [InlineData(nameof(StatusWriteResult.Written))]
    [InlineData(nameof(StatusWriteResult.Held))]
    public void StatusWritten_TheCardHoldsTheText_OwesItNoMore(string result)
    {
        var entry = transitions.StatusWritten(Failed(2) with { StatusOwed = true }, Enum.Parse<StatusWriteResult>(result), null)!.Entry;

        Assert.False(entry.StatusOwed);
        Assert.Equal(2, entry.Attempts); // its next try is as far off as before
    }

    [Fact]
    public void StatusWritten_Missing_StaysOwedUntilASecondLook()
    {
        var entry = transitions.StatusWritten(Failed(2) with { StatusOwed = true }, StatusWriteResult.Missing, null)!.Entry;

        Assert.True(entry.StatusOwed);
        Assert.Equal(Now, entry.MissingSince);
    }

    [Fact]
    public void StatusWritten_Denied_StaysOwedAndIsTriedLessOften()
    {
        var delivered = new LedgerEntry
        {
            Id = "1",
            Outcome = RecordOutcome.Delivered,
            StatusOwed = true,
            Attempts = 1,
        };

        var entry = transitions.StatusWritten(delivered, StatusWriteResult.Denied, "ACCESS_DENIED")!.Entry;

        Assert.True(entry.StatusOwed);
        Assert.Equal(Now.AddMinutes(15), entry.NextTry);
        Assert.Equal("status: ACCESS_DENIED", entry.Code);
    }

    [Fact]
    public void StatusWritten_ChangedMeanwhile_RefusedRecordIsTriedInTheNextRunToHaveItsTextAgain() =>
        Assert.Equal(Now, transitions.StatusWritten(Failed(4), StatusWriteResult.Changed, null)!.Entry.NextTry);

    [Fact]
    public void Marked_ARecord_IsForcedAndKeepsWhatIsKnownOfIt()
    {
        var marked = LedgerTransitions.Marked(Failed(3) with { MissingSince = Now }, "1").Entry;
        var unknown = LedgerTransitions.Marked(null, "7").Entry;

        Assert.True(marked.Forced);
        Assert.Null(marked.NextTry);
        Assert.Null(marked.MissingSince);
        Assert.Equal(3, marked.Attempts);
        Assert.Equal(("7", true, RecordOutcome.Queued), (unknown.Id, unknown.Forced, unknown.Outcome));
    }

    [Fact]
    public void Withheld_Invalid_IsToldByItsCode() =>
        Assert.Equal("format", transitions.Withheld(Mapped(new MappingResult.Invalid("Не заполнено: телефон"))).Entry.Code);

    [Fact]
    public void Withheld_InvalidSinceYesterday_FailsSinceThen()
    {
        var item = Item(Failed(2));
        (item.Mapping, item.Action) = (new MappingResult.Invalid("Не заполнено: телефон"), SyncAction.Withhold);

        Assert.Equal(Now.AddDays(-1), transitions.Withheld(item).Entry.FailingSince);
    }

    [Fact]
    public void LeftAlone_ACreateMayStillArrive_OwesNoTextAndNoForcedTry()
    {
        var entry = transitions
            .LeftAlone(Failed(1) with { NotBefore = Now.AddSeconds(1), StatusOwed = true, Forced = true, MissingSince = Now })
            .Entry;

        Assert.False(entry.StatusOwed);
        Assert.False(entry.Forced);
        Assert.Null(entry.MissingSince);
        Assert.Equal(Now.AddHours(1), entry.NextTry);
    }

    [Fact]
    public void LeftAlone_ACreateThatCanNoLongerArrive_IsForgotten() =>
        Assert.True(transitions.LeftAlone(Failed(1) with { NotBefore = Now }).Forgets);

    [Fact]
    public void Missing_NotedWhenThisRunBegan_IsNotYetAnotherRun()
    {
        var transition = transitions.Missing(Failed(2) with { MissingSince = Now }, Now);

        Assert.False(transition.Forgets);
    }

    [Fact]
    public void Missing_NotedBefore_KeepsThatMoment()
    {
        var since = Now.AddSeconds(-1);

        Assert.Equal(since, transitions.Missing(Failed(2) with { MissingSince = since }, Now.AddSeconds(-2)).Entry.MissingSince);
    }

    [Fact]
    public void StatusWritten_MissingAgain_KeepsWhenItWasNoted()
    {
        var delivered = new LedgerEntry
        {
            Id = "1",
            Outcome = RecordOutcome.Delivered,
            MissingSince = Now.AddHours(-1),
        };

        var entry = transitions.StatusWritten(delivered, StatusWriteResult.Missing, null)!.Entry;

        Assert.Equal(Now.AddHours(-1), entry.MissingSince);
        Assert.Equal("status: NOT_FOUND", entry.Code);
        Assert.Equal(1, entry.Attempts);
    }

    [Fact]
    public void StatusWritten_DeniedToARecordThatFailsItself_CountsItsOwnTriesOnly()
    {
        var entry = transitions.StatusWritten(Failed(4), StatusWriteResult.Denied, "ACCESS_DENIED")!.Entry;

        Assert.Equal(4, entry.Attempts);
        Assert.Equal("HTTP 400", entry.Code);
        Assert.Equal(Now.AddHours(1), entry.NextTry);
    }

    [Fact]
    public void StatusWritten_DeniedToAnInvalidCard_IsTriedLessAndLessOften()
    {
        var invalid = new LedgerEntry
        {
            Id = "1",
            Outcome = RecordOutcome.Invalid,
            Attempts = 2,
            Code = "format",
        };

        Assert.Equal(3, transitions.StatusWritten(invalid, StatusWriteResult.Denied, "ACCESS_DENIED")!.Entry.Attempts);
    }

    [Theory]
    [InlineData(nameof(StatusWriteResult.Changed))]
    [InlineData(nameof(StatusWriteResult.Postponed))]
    public void StatusWritten_PutOff_ARecordWithoutANextTryStaysAsItIs(string result) =>
        Assert.Null(
            transitions.StatusWritten(
                new LedgerEntry { Id = "1", Outcome = RecordOutcome.Delivered },
                Enum.Parse<StatusWriteResult>(result),
                null
            )
        );

    [Fact]
    public void Sent_UnclearAndCertainlyNotCarriedOut_IsTriedInTheNextRun()
    {
        var entry = transitions.Sent(Sent(UnclearDelivery() with { MayArriveWithin = TimeSpan.Zero })).Entry;

        Assert.Equal(Now, entry.NotBefore);
        Assert.Equal(Now, entry.NextTry);
    }

    [Fact]
    public void Sent_UnclearForTheThirdTime_WaitsLongerThanForTheServer()
    {
        var known = Failed(2) with { Outcome = RecordOutcome.Unclear };

        var entry = transitions.Sent(Sent(UnclearDelivery(), known)).Entry;

        Assert.Equal(Now.AddSeconds(35), entry.NotBefore);
        Assert.Equal(Now.AddMinutes(30), entry.NextTry);
    }

    private LedgerEntry Taken() => transitions.Sent(Sent(Delivery.Taken(DeliveryChange.Created))).Entry;

    private static LedgerEntry Failed(int attempts) =>
        new()
        {
            Id = "1",
            Outcome = RecordOutcome.Refused,
            PayloadHash = Stored("payload"),
            StatusHash = StoredText(Refused),
            Attempts = attempts,
            NextTry = Now.AddHours(1),
            FailingSince = Now.AddDays(-1),
            Code = "HTTP 400",
        };

    private static Delivery RefusedDelivery() => new(RecordOutcome.Refused) { Status = Refused, Code = "HTTP 400" };

    private static Delivery UnclearDelivery() =>
        new(RecordOutcome.Unclear)
        {
            Status = "Отмечалка не ответила",
            Code = "timeout",
            MayArriveWithin = TimeSpan.FromSeconds(30),
        };

    private static SyncItem Mapped(MappingResult mapping, LedgerEntry? entry = null)
    {
        var item = Item(entry);
        (item.Mapping, item.Action) = (mapping, SyncAction.Withhold);
        return item;
    }
}
