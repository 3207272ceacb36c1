using System.Globalization;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Inspection;

/// <summary>What was marked for another try.</summary>
/// <param name="Job">The job.</param>
/// <param name="Known">Records the ledger knew.</param>
/// <param name="New">Records it did not know; they are queued.</param>
public sealed record MarkedRecords(SyncJob Job, IReadOnlyList<string> Known, IReadOnlyList<string> New);

/// <summary>How far a job was set back.</summary>
/// <param name="Job">The job.</param>
/// <param name="From">Its checkpoint before.</param>
/// <param name="To">Its checkpoint now.</param>
/// <param name="IsBeforeStartDate">Whether that lies before the start date, so that not all changed since are looked at.</param>
public sealed record Rewound(SyncJob Job, DateTimeOffset From, DateTimeOffset To, bool IsBeforeStartDate);

/// <summary>Changes a job's ledger by hand, under the job's lock.</summary>
public sealed class LedgerEditor
{
    private readonly JobStores stores;
    private readonly Settings settings;
    private readonly TimeProvider time;

    internal LedgerEditor(JobStores stores, Settings settings, TimeProvider time) => (this.stores, this.settings, this.time) = (stores, settings, time);

    /// <summary>Marks these records: the next run sends them again, whatever is known of them.</summary>
    /// <exception cref="JobLockedException">A run holds the lock.</exception>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<MarkedRecords> MarkAsync(SyncJob job, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var lease = await OpenAsync(job, cancellationToken);
        return await MarkAsync(lease, job, [.. ids.Distinct()], cancellationToken);
    }

    /// <summary>Marks all records that failed when they were last handled.</summary>
    /// <exception cref="JobLockedException">A run holds the lock.</exception>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<MarkedRecords> MarkFailedAsync(SyncJob job, CancellationToken cancellationToken)
    {
        await using var lease = await OpenAsync(job, cancellationToken);
        var snapshot = await stores.Of(job).InspectAsync(cancellationToken);
        return await MarkAsync(lease, job, [.. snapshot.Entries.Where(entry => entry.IsFailing).Select(entry => entry.Id)], cancellationToken);
    }

    /// <summary>
    /// Sets the job back: its next run reads again what was changed at that moment or later. What is known as it is then
    /// costs nothing more; nothing is sent twice.
    /// </summary>
    /// <exception cref="ConfigurationException">The moment cannot be gone back to.</exception>
    /// <exception cref="JobLockedException">A run holds the lock.</exception>
    /// <exception cref="Http.UnavailableException">The storage cannot be used now.</exception>
    public async Task<Rewound> RewindAsync(SyncJob job, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (to > time.GetUtcNow())
        {
            throw Wrong($"{Text(to)} lies in the future");
        }

        await using var lease = await OpenAsync(job, cancellationToken);
        var state = lease.State;
        if (state.Checkpoint is not { } checkpoint)
        {
            throw Wrong($"{job.Name()} has not run yet: there is nothing to go back from");
        }

        if (to >= checkpoint)
        {
            throw Wrong($"the checkpoint is at {Text(checkpoint)}: only a time before it can be gone back to, or records would be skipped");
        }

        var after = to.AddSeconds(-1); // what was changed in that very second is read too
        await lease.CommitAsync([], state with
        {
            Checkpoint = to,
            ReadAfter = state.ReadAfter < after ? state.ReadAfter : after,
            ReadUpTo = state.ReadUpTo < to ? state.ReadUpTo : to,
            Floor = state.Floor > after ? after : state.Floor,
            Recent = [],
        });
        return new Rewound(job, checkpoint, to, to < settings.Sync.StartDate);
    }

    private async Task<JobLease> OpenAsync(SyncJob job, CancellationToken cancellationToken) =>
        await stores.Of(job).TryOpenAsync(cancellationToken) ?? throw new JobLockedException(job);

    private static async Task<MarkedRecords> MarkAsync(JobLease lease, SyncJob job, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var known = await lease.ReadAsync(ids, cancellationToken);
        var entries = ids.Select(id => (known.GetValueOrDefault(id) ?? new LedgerEntry { Id = id }) with { Forced = true, NextTry = null });
        await lease.CommitAsync([.. entries], null);
        return new MarkedRecords(job, [.. ids.Where(known.ContainsKey)], [.. ids.Where(id => !known.ContainsKey(id))]);
    }

    private static ConfigurationException Wrong(string problem) => new([new ConfigurationProblem("--to", problem)]);

    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
