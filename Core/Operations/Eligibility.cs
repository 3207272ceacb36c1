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
            found.Add($"start date: it was created at {Text(card.Created)}, not after SYNC_START_DATE {Text(options.StartDate)}");
        }

        if (job.Table.Stages.Count > 0 && !(card.Text(EntityQueries.Stage) is { } stage && job.Table.Stages.Contains(stage)))
        {
            found.Add($"stage: it is in {card.Text(EntityQueries.Stage) ?? "none"}, and only {string.Join(", ", job.Table.Stages)} counts");
        }

        if (EntityQueries.IsTemplate(card))
        {
            found.Add("template: Bitrix24 makes recurring deals of it; those are taken, the template is not");
        }

        if (plan.State.StartBound is { } bound && card.Modified <= bound)
        {
            found.Add(
                $"checkpoint: it was last changed at {Text(card.Modified)}, and the job began at {Text(bound)} "
                    + $"({job.Start.Setting}); a change, retry or rewind brings it in"
            );
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
            not null when isDue => "the next run, before all others: " + WhatIsOwed(entry),
            { NextTry: { } next } => $"at the next try, from {Ours(next)}; at once when it or the mapping changes",
            _ when isKeptOut => "never, as it is now",
            _ when plan.Reads(card.Modified) => "the next run",
            _ => $"the checkpoint has passed it: when it changes, by retry, or at the full resync from {Ours(plan.NextFullResync)}",
        };

    private static string WhatIsOwed(LedgerEntry entry) =>
        entry.Forced || entry.Outcome == RecordOutcome.Queued ? "it was queued by hand"
        : entry.StatusOwed ? "its status is owed"
        : entry.MissingSince is not null ? "Bitrix24 did not show it the last time"
        : "another try is due";

    private string Ours(DateTimeOffset time) => Text(time.ToOffset(options.StartDate.Offset));

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
