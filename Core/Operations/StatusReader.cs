using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>Tells how all jobs stand. Takes no lease and writes nothing.</summary>
internal sealed class StatusReader(
    JobFactory jobs,
    JobStores stores,
    Bitrix24Client bitrix24,
    CardLinks links,
    Settings settings,
    Fingerprints fingerprints,
    TimeProvider time
)
{
    /// <summary>Reads how the service stands. That Bitrix24 cannot be asked for the backlog is part of the answer.</summary>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<ServiceStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var statuses = new List<JobStatus>();
        foreach (var job in Enum.GetValues<SyncJob>())
        {
            statuses.Add(await ReadAsync(job, cancellationToken));
        }

        return new ServiceStatus(statuses, statuses.Single(status => status.Job == SyncJob.Contacts).Delivered);
    }

    private async Task<JobStatus> ReadAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var snapshot = await stores.Of(job).InspectAsync(cancellationToken);
        var (definition, state) = (jobs.Create(job), snapshot.State);
        var plan = RunPlan.For(state, definition.ConfigurationHash, definition.Start.Value, settings.Sync, time.GetUtcNow());
        return new JobStatus
        {
            Job = job,
            State = state,
            LockedSince = snapshot.LockedSince,
            ConfigurationChanged = state?.ConfigurationHash is not null && plan.IsConfigurationChanged,
            Backlog = await new BacklogCounter(bitrix24, definition, fingerprints).CountAsync(snapshot, plan, cancellationToken),
            StatusesOwed = snapshot.Entries.Count(entry => entry.StatusOwed),
            Queued = snapshot.Entries.Count(entry => entry.Forced || entry.Outcome == RecordOutcome.Queued),
            Failing =
            [
                .. snapshot
                    .Entries.Where(entry => entry.IsFailing)
                    .OrderBy(entry => entry.FailingSince)
                    .Select(entry => new FailingRecord(entry, links.Of(job, entry.Id))),
            ],
            Delivered = snapshot.Entries.Count(entry => entry.DeliveredAt is not null),
        };
    }
}
