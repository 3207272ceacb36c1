using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Inspection;

/// <summary>
/// Counts the records that the next run would do something with. Bitrix24 counts all that it would read; when those are
/// few, they are read and those known as they are left out.
/// </summary>
internal sealed class BacklogCounter(PortalQuestions portal, CardJob job, CardTable table)
{
    /// <summary>With more the portal's own count is given: reading them takes too long.</summary>
    private const int MostRead = 500;

    /// <summary>Counts.</summary>
    /// <param name="snapshot">What is stored of the job.</param>
    /// <param name="after">The next run reads what was changed later.</param>
    /// <param name="rulesChanged">Whether the next run looks at everything again.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<Backlog> CountAsync(JobSnapshot snapshot, DateTimeOffset after, bool rulesChanged, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var total = await portal.CountAsync(table.List([(">" + CardTable.Modified, CardTable.Format(after))]), cancellationToken);
            if (total == 0 || snapshot.State is null)
            {
                return new Backlog(total, false, null);
            }

            return total > MostRead
                ? new Backlog(total, true, null)
                : new Backlog(await ReadAsync(snapshot, after, total, rulesChanged, now, cancellationToken), false, null);
        }
        catch (UnavailableException error)
        {
            return new Backlog(null, false, error.Message);
        }
    }

    private async Task<int> ReadAsync(JobSnapshot snapshot, DateTimeOffset after, int total, bool rulesChanged, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = rulesChanged ? [] : snapshot.State!.Recent.ToHashSet();
        var entries = snapshot.Entries.ToDictionary(entry => entry.Id);
        var waiting = 0;
        await foreach (var page in job.ReadAsync(after, total, cancellationToken))
        {
            // What runs owe already is counted apart.
            var records = page.Where(record => !known.Contains(record.Sight) && entries.GetValueOrDefault(record.Id) is not { IsPending: true }).ToList();
            var toMap = records.Where(record => Decision.NeedsMapping(entries.GetValueOrDefault(record.Id), record, job.DeliversOnce)).ToList();
            var mapped = toMap.Count == 0 ? [] : toMap.Zip(await job.MapAsync(toMap, cancellationToken)).ToDictionary(pair => pair.First.Id, pair => pair.Second);
            waiting += records.Count(record => Decision.Of(entries.GetValueOrDefault(record.Id), record, mapped.GetValueOrDefault(record.Id), now) is not (Step.Pass or Step.Leave));
        }

        return waiting;
    }
}
