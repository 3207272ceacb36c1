using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Inspection;

/// <summary>What keeps a card out of the runs, and when a run looks at it.</summary>
/// <param name="table">Which cards count.</param>
/// <param name="job">The job.</param>
/// <param name="options">The settings of spec 3.</param>
/// <param name="state">How far the job has come; <see langword="null"/> when it has never run.</param>
/// <param name="rulesChanged">Whether mapping or start date are not those of the last run.</param>
/// <param name="now">Our clock.</param>
internal sealed class Timetable(CardTable table, SyncJob job, SyncOptions options, JobState? state, bool rulesChanged, DateTimeOffset now)
{
    /// <summary>What keeps the card out for good, as long as it and the settings stay as they are.</summary>
    public IReadOnlyList<string> Hindrances(Card card)
    {
        var found = new List<string>();
        if (card.Created <= options.StartDate)
        {
            found.Add($"start date: it was created at {Text(card.Created)}, not after SYNC_START_DATE {Text(options.StartDate)}");
        }

        if (table.Stages.Count > 0 && !(card.Text(CardTable.Stage) is { } stage && table.Stages.Contains(stage)))
        {
            found.Add($"stage: it is in {card.Text(CardTable.Stage) ?? "none"}, and only {string.Join(", ", table.Stages)} counts");
        }

        if (CardTable.IsTemplate(card))
        {
            found.Add("template: Bitrix24 makes recurring deals of it; those are taken, the template is not");
        }

        if (Floor is { } floor && card.Modified <= floor)
        {
            var setting = job == SyncJob.Contacts ? "SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP" : "SYNC_DEAL_LAST_MODIFY_TIMESTAMP";
            found.Add($"checkpoint: it was last changed at {Text(card.Modified)}, and the job began at {Text(floor)} ({setting}); a change, retry or rewind brings it in");
        }

        return found;
    }

    /// <summary>Whether the next run reads the card in its window.</summary>
    public bool IsReadNext(Card card) => ReadsAll || !(card.Modified <= state!.ReadAfter);

    /// <summary>When a run looks at the card.</summary>
    public string When(Card card, LedgerEntry? entry, bool isKeptOut) => entry switch
    {
        { IsPending: true } when IsDue(entry) => "the next run, before all others: " + Owed(entry),
        { NextTry: { } next } => $"at the next try, from {Ours(next)}; at once when it or the mapping changes",
        _ when isKeptOut => "never, as it is now",
        _ when IsReadNext(card) => "the next run",
        _ => $"the checkpoint has passed it: when it changes, by retry, or at the full reading from {Ours((state!.SweptAt ?? now) + options.SweepInterval)}",
    };

    /// <summary>Whether runs owe the entry something now.</summary>
    public bool IsDue(LedgerEntry entry) => rulesChanged || Decision.IsDue(entry, now);

    private bool ReadsAll => state?.ReadAfter is null || rulesChanged || !(now - state.SweptAt < options.SweepInterval);

    private DateTimeOffset? Floor => state?.Checkpoint is null ? options.StartOf(job) : state.Floor;

    private static string Owed(LedgerEntry entry) =>
        entry.Forced || entry.Outcome == RecordOutcome.Queued ? "it was queued by hand" : entry.StatusOwed ? "its status is owed" : "another try is due";

    private string Ours(DateTimeOffset time) => Text(time.ToOffset(options.StartDate.Offset));

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
