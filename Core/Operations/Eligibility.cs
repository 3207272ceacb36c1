using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>What keeps a card out of the runs, and when a run looks at it, in words for the operator.</summary>
/// <param name="job">The job.</param>
/// <param name="options">The start date.</param>
/// <param name="plan">What the next run would read, if it began now.</param>
internal sealed class Eligibility(JobDefinition job, SyncOptions options, RunPlan plan)
{
    /// <summary>What keeps the card out for good, as long as it and the settings stay as they are.</summary>
    public IReadOnlyList<string> Hindrances(Card card)
    {
        var found = new List<string>();
        if (card.Created <= options.StartDate)
        {
            found.Add(OperationsStrings.Of("KeptByStartDate", Text(card.Created), Text(options.StartDate)));
        }

        if (job.Table.Stages.Count > 0 && !(card.Text(EntityQueries.Stage) is { } stage && job.Table.Stages.Contains(stage)))
        {
            found.Add(
                OperationsStrings.Of(
                    "KeptByStage",
                    card.Text(EntityQueries.Stage) ?? OperationsStrings.Of("None"),
                    string.Join(", ", job.Table.Stages)
                )
            );
        }

        if (EntityQueries.IsTemplate(card))
        {
            found.Add(OperationsStrings.Of("KeptByTemplate"));
        }

        if (plan.State.StartBound is { } bound && card.Modified <= bound)
        {
            found.Add(OperationsStrings.Of("KeptByCheckpoint", Text(card.Modified), Text(bound), job.Start.Setting));
        }

        return found;
    }

    /// <summary>When a run looks at the card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="entry">What the ledger knows of it.</param>
    /// <param name="isDue">Whether the next run looks at it because it is owed something.</param>
    /// <param name="isKeptOut">Whether something keeps it out.</param>
    public string When(Card card, LedgerEntry? entry, bool isDue, bool isKeptOut) =>
        entry switch
        {
            not null when isDue => OperationsStrings.Of("WhenOwed", WhatIsOwed(entry)),
            { NextTry: { } next } => OperationsStrings.Of("WhenNextTry", Ours(next)),
            _ when isKeptOut => OperationsStrings.Of("WhenNever"),
            _ when plan.Reads(card.Modified) => OperationsStrings.Of("WhenNextRun"),
            _ => OperationsStrings.Of("WhenPassed", Ours(plan.NextFullResync)),
        };

    private static string WhatIsOwed(LedgerEntry entry) =>
        OperationsStrings.Of(
            entry.Forced || entry.Outcome == RecordOutcome.Queued ? "OwedSending"
            : entry.StatusOwed ? "OwedStatus"
            : entry.MissingSince is not null ? "OwedMissing"
            : "OwedTry"
        );

    private string Ours(DateTimeOffset time) => Text(time.ToOffset(options.StartDate.Offset));

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
