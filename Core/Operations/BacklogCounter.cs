using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Counts the records that the next run would do something with. Bitrix24 counts all that it would read; when those are few, they are read
/// and those known as they are left out.
/// </summary>
internal sealed class BacklogCounter(Bitrix24Client bitrix24, JobDefinition job, Fingerprints fingerprints)
{
    /// <summary>With more the portal's own count is given: reading them takes too long.</summary>
    private const int MostRead = 500;

    /// <summary>Counts.</summary>
    /// <param name="snapshot">What is stored of the job.</param>
    /// <param name="plan">What the next run would read, if it began now.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<Backlog> CountAsync(JobSnapshot snapshot, RunPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var list = job.Table.List([(">" + EntityQueries.Modified, EntityQueries.Format(plan.ReadAfter))], []);
            var total = await new PortalQuestions(bitrix24).CountAsync(list, cancellationToken);
            return total == 0 || snapshot.State is null ? new Backlog(total, false, null)
                : total > MostRead ? new Backlog(total, true, null)
                : new Backlog(await CountUnknownAsync(snapshot, plan, total, cancellationToken), false, null);
        }
        catch (UnavailableException error)
        {
            return new Backlog(null, false, Reasons.Of(error));
        }
    }

    private async Task<int> CountUnknownAsync(JobSnapshot snapshot, RunPlan plan, int total, CancellationToken cancellationToken)
    {
        var seen = plan.State.SeenVersions.ToHashSet();
        var entries = snapshot.Entries.ToDictionary(entry => entry.Id);
        var map = new MapStage(job, fingerprints, plan.Now);
        var waiting = 0;
        await foreach (var page in new WindowReader(bitrix24, job.Table).ReadAsync(plan.ReadAfter, total, cancellationToken))
        {
            var items = page
                .Cards.Select(card => new SyncItem(
                    card,
                    job.Table.StatusField,
                    entries.GetValueOrDefault(card.Id),
                    ItemSource.Window,
                    SyncItem.VersionOf(card, fingerprints)
                )
                {
                    IsPassed = plan.HasPassed(card.Modified),
                })
                .Where(item => !seen.Contains(item.Version) && item.Entry is not { IsPending: true }) // what is owed is counted apart
                .ToList();
            waiting += (await map.MapAsync(items, cancellationToken)).Count(item =>
                item.Action is SyncAction.Send or SyncAction.Withhold or SyncAction.WriteStatus
            );
        }

        return waiting;
    }
}
