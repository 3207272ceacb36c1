using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// Counts what a run does, for its report. Each record that was looked at counts once, so that the numbers add up (docs/spec.md, section 6,
/// invariant 10). Safe to use from several tasks.
/// </summary>
internal sealed class RunTally(SyncJob job, IProgress<RunReport>? progress)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> counted = [];
    private readonly HashSet<string> countedAsKnown = [];
    private RunReport counts = new() { Job = job };

    /// <summary>A record's outcome is stored.</summary>
    public void Handled(SyncItem item)
    {
        if (item.Source == ItemSource.SeenBefore || item.Action is SyncAction.LeaveAlone or SyncAction.NoteMissing)
        {
            return; // nothing was done with it, and nothing is to be done
        }

        // A record may be looked at twice: because it was due, and because this very run has written its status. What was done with it
        // counts.
        var isKnown = item.Action is SyncAction.Nothing or SyncAction.Wait or SyncAction.WriteStatus;
        var isCorrection = !isKnown && countedAsKnown.Remove(item.Id);
        if (!counted.Add(item.Id) && isKnown)
        {
            return;
        }

        if (isKnown)
        {
            countedAsKnown.Add(item.Id);
        }

        var isRetry =
            item is { Source: ItemSource.Due, Entry: { } entry }
            && (entry.Forced || entry.NextTry is not null || entry.Outcome == RecordOutcome.Queued);
        Add(report =>
            Count(isCorrection ? report with { Unchanged = report.Unchanged - 1 } : report, item) with
            {
                Retried = report.Retried + (isRetry ? 1 : 0),
            }
        );
    }

    /// <summary>Rows that cannot be followed, because they have no readable ID or time.</summary>
    public void Unreadable(int rows) => Add(report => report with { Failed = report.Failed + rows });

    /// <summary>Bitrix24 has taken status texts.</summary>
    public void StatusesWritten(int texts) => Add(report => report with { StatusesWritten = report.StatusesWritten + texts });

    /// <summary>Something has been stored: shows how far the run has come.</summary>
    public void Stored() => progress?.Report(Report());

    /// <summary>What was counted so far.</summary>
    public RunReport Report()
    {
        lock (gate)
        {
            return counts;
        }
    }

    private static RunReport Count(RunReport report, SyncItem item) =>
        item switch
        {
            { Action: SyncAction.Withhold, Mapping: MappingResult.OutOfScope } => report with { OutOfScope = report.OutOfScope + 1 },
            { Action: SyncAction.Withhold } => report with { Failed = report.Failed + 1 },
            { Delivery: { Outcome: not RecordOutcome.Delivered } } => report with { Failed = report.Failed + 1 },
            { Delivery.Change: DeliveryChange.Created } => report with { Created = report.Created + 1 },
            { Delivery.Change: DeliveryChange.Updated } => report with { Updated = report.Updated + 1 },
            _ => report with { Unchanged = report.Unchanged + 1 },
        };

    private void Add(Func<RunReport, RunReport> count)
    {
        lock (gate)
        {
            counts = count(counts);
        }
    }
}
