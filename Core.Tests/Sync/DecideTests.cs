using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.Items;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>The table in the documentation of <see cref="Decide"/>, row by row.</summary>
public sealed class DecideTests
{
    private const string Success = "Успешно";
    private const string Former = "Неверно: филиал должен быть один, а не несколько";
    private static readonly DateTimeOffset Later = Now.AddMinutes(1);
    private static readonly DateTimeOffset Earlier = Now.AddMinutes(-1);

    [Fact]
    public void ActionFor_NotMappedTicketWithItsStatus_IsNothing() =>
        Assert.Equal(SyncAction.Nothing, Action(Entry(RecordOutcome.Delivered), null, Success));

    [Theory]
    [InlineData(null)]
    [InlineData("кто-то написал сюда")]
    public void ActionFor_NotMappedTicketWithAnotherText_WritesItsStatus(string? status) =>
        Assert.Equal(SyncAction.WriteStatus, Action(Entry(RecordOutcome.Delivered) with { StatusHash = null }, null, status));

    [Fact]
    public void ActionFor_Missing_IsNoted() => Assert.Equal(SyncAction.NoteMissing, Action(null, new MappingResult.Missing()));

    [Fact]
    public void ActionFor_NotEligible_IsLeftAlone() =>
        Assert.Equal(SyncAction.LeaveAlone, Action(Entry(RecordOutcome.Refused), new MappingResult.NotEligible()));

    [Fact]
    public void ActionFor_OutOfScopeForTheFirstTime_Settles() =>
        Assert.Equal(SyncAction.Withhold, Action(null, new MappingResult.OutOfScope()));

    [Fact]
    public void ActionFor_OutOfScopeAsBefore_IsNothing() =>
        Assert.Equal(SyncAction.Nothing, Action(Entry(RecordOutcome.OutOfScope), new MappingResult.OutOfScope(), Success));

    [Fact]
    public void ActionFor_InvalidWithTheSameText_IsNothing()
    {
        var entry = Entry(RecordOutcome.Invalid) with { StatusHash = StoredText("Не заполнено: телефон") };

        Assert.Equal(SyncAction.Nothing, Action(entry, new MappingResult.Invalid("Не заполнено: телефон"), "Не заполнено: телефон"));
    }

    [Fact]
    public void ActionFor_InvalidWithAnotherText_Settles()
    {
        var entry = Entry(RecordOutcome.Invalid) with { StatusHash = StoredText("Не заполнено: телефон") };

        Assert.Equal(SyncAction.Withhold, Action(entry, new MappingResult.Invalid("Не заполнено: филиал"), "Не заполнено: телефон"));
    }

    [Theory]
    [InlineData(true, Former, Former, false, false, SyncAction.Nothing)]
    [InlineData(false, Former, Former, false, false, SyncAction.Withhold)] // changed since the checkpoint passed it
    [InlineData(true, "кто-то написал сюда", Former, false, false, SyncAction.Withhold)]
    [InlineData(true, null, Former, false, false, SyncAction.Withhold)] // cleared by a manager
    [InlineData(true, Former, "Не заполнено: филиал", false, false, SyncAction.Withhold)] // other problems
    [InlineData(true, Former, Former, true, false, SyncAction.Withhold)] // its text is owed
    [InlineData(true, Former, Former, false, true, SyncAction.Withhold)] // retry
    public void ActionFor_InvalidWithTheSameProblemsInFormerWords_KeepsThemUntilItChanges(
        bool isPassed,
        string? held,
        string stored,
        bool isOwed,
        bool isForced,
        object expected
    )
    {
        var entry = Entry(RecordOutcome.Invalid) with { StatusHash = StoredText(stored), StatusOwed = isOwed, Forced = isForced };
        var item = Item(entry, held, isPassed: isPassed);
        item.Mapping = new MappingResult.Invalid("Неверно: филиал (выберите один)") { FormerStatus = Former };

        Assert.Equal(expected, Decide.ActionFor(item, Key, Now));
    }

    [Fact]
    public void ActionFor_UnreadableNotDue_Waits() =>
        Assert.Equal(
            SyncAction.Wait,
            Action(Entry(RecordOutcome.Refused) with { NextTry = Later }, new MappingResult.Unreadable("Не удалось прочитать", "X"), "x")
        );

    [Fact]
    public void ActionFor_UnreadableAndDue_Settles() =>
        Assert.Equal(
            SyncAction.Withhold,
            Action(Entry(RecordOutcome.Refused) with { NextTry = Earlier }, new MappingResult.Unreadable("Не удалось прочитать", "X"), "x")
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ActionFor_CreateMayStillArrive_WaitsWhateverHasChanged(bool isForced)
    {
        var entry = Entry(RecordOutcome.Unclear) with
        {
            NotBefore = Later,
            NextTry = Later,
            Forced = isForced,
            PayloadHash = Stored("another"),
        };

        Assert.Equal(SyncAction.Wait, Action(entry, Ready()));
    }

    [Fact]
    public void ActionFor_ReadyForTheFirstTime_Sends() => Assert.Equal(SyncAction.Send, Action(null, Ready()));

    [Fact]
    public void ActionFor_DeliveredWithTheSamePayload_IsNothing() =>
        Assert.Equal(SyncAction.Nothing, Action(Entry(RecordOutcome.Delivered), Ready(), Success));

    [Fact]
    public void ActionFor_DeliveredWithAnotherPayload_Sends() =>
        Assert.Equal(SyncAction.Send, Action(Entry(RecordOutcome.Delivered), Ready("another"), Success));

    [Theory]
    [InlineData(RecordOutcome.Refused)]
    [InlineData(RecordOutcome.Unclear)]
    [InlineData(RecordOutcome.WaitsForClient)]
    public void ActionFor_FailedWithTheSamePayload_SendsWhenDue(RecordOutcome outcome)
    {
        Assert.Equal(SyncAction.Send, Action(Entry(outcome) with { NextTry = Earlier }, Ready(), "x"));
        Assert.Equal(SyncAction.Wait, Action(Entry(outcome) with { NextTry = Later }, Ready(), "x"));
    }

    [Fact]
    public void ActionFor_RefusedWithAnotherPayload_SendsAtOnce() =>
        Assert.Equal(SyncAction.Send, Action(Entry(RecordOutcome.Refused) with { NextTry = Later }, Ready("another"), "x"));

    [Theory]
    [InlineData(RecordOutcome.Delivered)]
    [InlineData(RecordOutcome.Refused)]
    public void ActionFor_StatusClearedByAManager_SendsAgain(RecordOutcome outcome) =>
        Assert.Equal(SyncAction.Send, Action(Entry(outcome) with { NextTry = Later }, Ready(), null));

    [Fact]
    public void ActionFor_StatusEmptyBecauseItIsOwed_IsNotForced() =>
        Assert.Equal(SyncAction.WriteStatus, Action(Entry(RecordOutcome.Delivered) with { StatusOwed = true }, Ready(), null));

    [Fact]
    public void ActionFor_StatusOwedAndNotDue_Waits() =>
        Assert.Equal(SyncAction.Wait, Action(Entry(RecordOutcome.Delivered) with { StatusOwed = true, NextTry = Later }, Ready(), null));

    [Fact]
    public void ActionFor_MarkedByTheOperator_SendsAgain() =>
        Assert.Equal(SyncAction.Send, Action(Entry(RecordOutcome.Delivered) with { Forced = true }, Ready(), Success));

    [Fact]
    public void ActionFor_ReadBecauseItIsDue_DoesNotWaitForItsTime() =>
        Assert.Equal(SyncAction.Send, Action(Entry(RecordOutcome.WaitsForClient) with { NextTry = Later }, Ready(), "x", ItemSource.Due));

    [Theory]
    [InlineData(true, RecordOutcome.Delivered, false)]
    [InlineData(true, RecordOutcome.Refused, true)]
    [InlineData(false, RecordOutcome.Delivered, true)]
    public void NeedsMapping_ByOutcome_OnlyDeliveredTicketsNeedNone(bool deliversOnce, RecordOutcome outcome, bool expected) =>
        Assert.Equal(expected, Decide.NeedsMapping(Item(Entry(outcome), Success), deliversOnce));

    [Fact]
    public void NeedsMapping_DeliveredTicketWhoseStatusWasCleared_NeedsIt() =>
        Assert.True(Decide.NeedsMapping(Item(Entry(RecordOutcome.Delivered), null), deliversOnce: true));

    private static LedgerEntry Entry(RecordOutcome outcome) =>
        new()
        {
            Id = "1",
            Outcome = outcome,
            PayloadHash = Stored("payload"),
            StatusHash = StoredText(Success),
        };

    private static SyncAction Action(
        LedgerEntry? entry,
        MappingResult? mapping,
        string? status = null,
        ItemSource source = ItemSource.Window
    )
    {
        var item = Item(entry, status, source);
        item.Mapping = mapping;
        return Decide.ActionFor(item, Key, Now);
    }
}
