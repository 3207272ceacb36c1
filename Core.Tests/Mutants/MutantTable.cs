namespace B24Otmechalka.Core.Tests.Mutants;

/// <summary>The rules that keep the promises of docs/spec.md, section 6, each as it would be if it were forgotten.</summary>
internal static class MutantTable
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        // 1. Nothing is skipped.
        new(
            "LookBack",
            "Sync/WindowProgress.cs",
            "PortalTime is { } now ? now - lookBack : plan.ReadAfter",
            "PortalTime is { } now ? now : plan.ReadAfter",
            "A card saved late, with an earlier time, is not found before the next full resync."
        )
        {
            FoundAt = 2,
        },
        new(
            "PortalClock",
            "Sync/ReadStage.cs",
            "progress.PortalTime ??= PortalTime;",
            "progress.PortalTime ??= plan.Now;",
            "A machine whose clock is ahead shortens the look-back."
        )
        {
            FoundAt = 74,
        },
        new(
            "KeysetGoesOn",
            "Bitrix24/KeysetChain.cs",
            "LastId = Math.Max(answer.LastId, page.LastNumber ?? 0),",
            "LastId = Math.Max(answer.LastId, page.LastNumber ?? 0) + 1,",
            "The first card behind a request's last page is never read."
        )
        {
            FoundAt = 1,
        },
        new(
            "SecondReached",
            "Sync/WindowProgress.cs",
            "Earlier(last.AddSeconds(-1), LookBackStart)",
            "Earlier(last, LookBackStart)",
            "A run that breaks off in the middle of a second full of cards loses its rest."
        )
        {
            FoundAt = 1,
        },
        new(
            "OneTransaction",
            "Checkpoints/LedgerSession.cs",
            "var actions = new List<TableTransactionAction>();",
            "if (next is not null) { await SubmitAsync([], [], next); } var actions = new List<TableTransactionAction>();",
            "A death between the two leaves cards passed without an outcome."
        )
        {
            FoundAt = 172,
        },
        new(
            "PassedOnlyBeforeAFailure",
            "Sync/RunRules.cs",
            "return new Judgement(passed, remembered, failure, first);",
            "return new Judgement([.. passed, .. items.Skip(i + 1).Where(item => item.Delivery is not null)], [], failure, first);",
            "Cards behind a failure are passed, and the failed one with them."
        )
        {
            FoundAt = 17,
        },
        new(
            "DailyResync",
            "Sync/RunPlan.cs",
            "isChanged || !(now - state.FullResyncAt < options.FullResyncInterval)",
            "isChanged || state.FullResyncAt is null",
            "A change that moves no DATE_MODIFY (product rows, users) is never seen."
        )
        {
            FoundAt = 2,
        },
        // 2. No ticket is created twice.
        new(
            "SearchBeforeCreateClient",
            "Contacts/ContactJob.cs",
            "isKnown ? OtmechalkaAnswer.Accepted : await otmechalka.FindClientAsync(client.OriginId, cancellationToken)",
            "isKnown ? OtmechalkaAnswer.Accepted : await Task.FromResult(OtmechalkaAnswer.Absent)",
            "A client whose create got no answer is created again."
        )
        {
            FoundAt = 1,
        },
        new(
            "SearchBeforeCreateTicket",
            "Deals/DealJob.cs",
            "await otmechalka.FindTicketAsync(ticket.OriginId, cancellationToken);\n        if",
            "await Task.FromResult(OtmechalkaAnswer.Absent);\n        if",
            "A ticket whose create got no answer is created again."
        )
        {
            FoundAt = 2,
        },
        new(
            "CreateOnce",
            "Otmechalka/OtmechalkaClient.cs",
            "repeatable: false,",
            "repeatable: true,",
            "A create that got no answer is repeated within the same run."
        )
        {
            FoundAt = 10,
        },
        new(
            "WaitForLateCreate",
            "Sync/LedgerTransitions.cs",
            "delivery.MayArriveWithin > TimeSpan.Zero ? now + delivery.MayArriveWithin + ClockDifference : now",
            "now",
            "A create that arrives late makes a double of the one that followed it."
        )
        {
            FoundAt = 865,
        },
        new(
            "Lease",
            "Checkpoints/JobStore.cs",
            "if (start.IsHeld)",
            "if (start.IsHeld && start.Lease is null)",
            "Two runs of a job work at once."
        )
        {
            FoundAt = 21,
        },
        // 3. The write-back does not feed itself.
        new(
            "PayloadHash",
            "Sync/Decide.cs",
            "when !forced && entry?.PayloadHash ==",
            "when !forced && item.Id.Length == 0 && entry?.PayloadHash ==",
            "Our own status write sends the card again."
        )
        {
            FoundAt = 1,
        },
        new(
            "Backoff",
            "Sync/Backoff.cs",
            "var wait = First * Math.Pow(2, Math.Min(attempts - 2, 20));",
            "var wait = TimeSpan.Zero;",
            "A refused record is sent in every run."
        )
        {
            FoundAt = 3,
        },
        // 4. A status is never lost, and no edit is overwritten.
        new(
            "OwedStatus",
            "Sync/LedgerTransitions.cs",
            "StatusOwed = isOwed,",
            "StatusOwed = false,",
            "A death before the write loses the status."
        )
        {
            FoundAt = 1,
        },
        new(
            "LookBeforeWriting",
            "Bitrix24/StatusWriter.cs",
            ": card.ContentHash != text.ContentHash ? StatusWriteResult.Changed",
            ": card.ContentHash.Length == 0 ? StatusWriteResult.Changed",
            "A status that a person cleared or wrote meanwhile is overwritten."
        )
        {
            FoundAt = 78,
        },
        // 5. The checkpoint passes only what is stored.
        new(
            "LeaseRenewal",
            "Checkpoints/JobLease.cs",
            "if (time.GetElapsedTime(lastWrite) >= RenewEvery)",
            "if (lastWrite < 0)",
            "A run whose requests take longer than its lease lives has to stop."
        )
        {
            FoundAt = 12,
        },
        new(
            "Fencing",
            "Checkpoints/LeaseRow.cs",
            "row, etag), .. actions]",
            "row, ETag.All), .. actions]",
            "A write that arrives late puts the job back to where it was."
        )
        {
            FoundAt = 13,
        },
        new(
            "LostAnswer",
            "Checkpoints/LeaseRow.cs",
            "EntityCodec.Text(stored, Number) == CommitName",
            "EntityCodec.Text(stored, Number) == \"\"",
            "A run takes its own write for another run's and stops."
        )
        {
            FoundAt = 50,
        },
        new(
            "MarkBeforeSending",
            "Sync/SyncRun.cs",
            "await commit.MarkAsync(decided);",
            "",
            "An edit taken back after a run that died leaves otmechalka with the edit."
        )
        {
            FoundAt = 1621,
        },
        // 6. A refused record is tried again, and a waiting deal follows its client.
        new(
            "Retries",
            "Sync/RunPlan.cs",
            "(IsConfigurationChanged || entry.IsDueAt(Now))",
            "entry.NextTry is null",
            "A refused record stays refused until the next full resync."
        )
        {
            FoundAt = 3,
        },
        new(
            "ConfigurationHash",
            "Sync/RunPlan.cs",
            "var isChanged = state.ConfigurationHash != configurationHash;",
            "var isChanged = state.ConfigurationHash is null;",
            "A new mapping applies only to cards that change."
        )
        {
            FoundAt = 11,
        },
        new(
            "ClientWait",
            "Deals/DealJob.cs",
            "&& delivered != entry.ClientWasDeliveredAt",
            "&& delivered != entry.ClientWasDeliveredAt && id.Length == 0",
            "A deal goes up to a day later than its client."
        )
        {
            FoundAt = 199,
        },
        // 7. A manager can force it.
        new(
            "ClearedStatus",
            "Sync/Decide.cs",
            "item is { HasStatusField: true, Status: null }",
            "item is { HasStatusField: false, Status: null }",
            "Clearing the status does nothing but bring it back."
        )
        {
            FoundAt = 5,
        },
        // 9. What is gone is let go.
        new(
            "LetGo",
            "Sync/SyncRun.cs",
            "if (plan.State.IsResyncing)",
            "if (plan.State.IsResyncing && plan.Now < plan.StartBound)",
            "The ledger remembers pupils whose cards were deleted or merged."
        )
        {
            FoundAt = 3,
        },
        // Corner cases.
        new(
            "WonRecheck",
            "Deals/DealDetailsReader.cs",
            "if (!answers.IsEligible(deal.Id))",
            "if (!answers.Rows.ContainsKey(deal.Id))",
            "A ticket is made of a deal that was taken back while it was read."
        )
        {
            FoundAt = 202,
        },
        new(
            "FiveServerErrors",
            "Sync/RunRules.cs",
            "++serverErrors < ServerErrorsInARow ? null",
            "++serverErrors < int.MaxValue ? null",
            "When otmechalka is down with 500, all cards are marked as refused."
        )
        {
            FoundAt = 58,
        },
    ];
}
