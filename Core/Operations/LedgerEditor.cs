using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>What was marked for another try.</summary>
/// <param name="Job">The job.</param>
/// <param name="Known">Records the ledger knew.</param>
/// <param name="New">Records it did not know; they are queued.</param>
/// <param name="Missing">Records that Bitrix24 does not have: not marked.</param>
public sealed record MarkedRecords(SyncJob Job, IReadOnlyList<string> Known, IReadOnlyList<string> New, IReadOnlyList<string> Missing)
{
    /// <summary>Why Bitrix24 could not be asked whether it has the records; <see langword="null"/> when it was.</summary>
    public string? Unchecked { get; init; }
}

/// <summary>What was taken out of a job's ledger.</summary>
/// <param name="Job">The job.</param>
/// <param name="Forgotten">Records that nothing is stored of any more.</param>
/// <param name="Unknown">Records that nothing was stored of.</param>
/// <param name="Present">Records that Bitrix24 still has: left as they are, because the next run would send them again.</param>
public sealed record ForgottenRecords(
    SyncJob Job,
    IReadOnlyList<string> Forgotten,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Present
);

/// <summary>How far a job was set back.</summary>
/// <param name="Job">The job.</param>
/// <param name="From">Its checkpoint before.</param>
/// <param name="To">Its checkpoint now.</param>
/// <param name="IsBeforeStartDate">Whether that lies before the start date, so that not all changed since are looked at.</param>
public sealed record Rewound(SyncJob Job, DateTimeOffset From, DateTimeOffset To, bool IsBeforeStartDate);

/// <summary>Changes a job's ledger by hand, under the job's lease.</summary>
internal sealed class LedgerEditor(
    JobFactory jobs,
    JobStores stores,
    Bitrix24Client bitrix24,
    Settings settings,
    Fingerprints fingerprints,
    TimeProvider time
)
{
    /// <summary>
    /// Marks these records: the next run sends them again, whatever is known of them. What Bitrix24 does not have is not marked.
    /// </summary>
    /// <exception cref="JobLockedException">A run holds the lease.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<MarkedRecords> MarkAsync(SyncJob job, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(job, cancellationToken);
        return await MarkAsync(session, job, [.. ids.Distinct()], cancellationToken);
    }

    /// <summary>Marks all records that failed when they were last handled.</summary>
    /// <exception cref="JobLockedException">A run holds the lease.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<MarkedRecords> MarkFailedAsync(SyncJob job, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(job, cancellationToken);
        var snapshot = await stores.Of(job).InspectAsync(cancellationToken);
        return await MarkAsync(
            session,
            job,
            [.. snapshot.Entries.Where(entry => entry.IsFailing).Select(entry => entry.Id)],
            cancellationToken
        );
    }

    /// <summary>
    /// Takes records out of the ledger at once, for a person who asks that nothing of them be kept. What Bitrix24 still has stays. What is
    /// deleted there leaves the ledger by itself, with the next full resync and the run after it.
    /// </summary>
    /// <exception cref="JobLockedException">A run holds the lease.</exception>
    /// <exception cref="UnavailableException">Bitrix24 or the storage cannot be used now; nothing was forgotten.</exception>
    public async Task<ForgottenRecords> ForgetAsync(SyncJob job, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(job, cancellationToken);
        var asked = ids.Distinct().ToList();
        var missing = (await new CardLookup(bitrix24, jobs.Create(job).Table).ReadAsync(asked, cancellationToken)).Missing.ToHashSet();
        var known = await session.ReadAsync(missing, cancellationToken);
        await session.CommitAsync([.. known.Values.Select(entry => new LedgerChange(entry, Forgets: true))], null);
        return new ForgottenRecords(
            job,
            [.. asked.Where(known.ContainsKey)],
            [.. asked.Where(id => missing.Contains(id) && !known.ContainsKey(id))],
            [.. asked.Where(id => !missing.Contains(id))]
        );
    }

    /// <summary>
    /// Sets the job back: its next run reads again what was changed at that moment or later. What is known as it is then costs nothing
    /// more; nothing is sent twice.
    /// </summary>
    /// <exception cref="ConfigurationException">The moment cannot be gone back to.</exception>
    /// <exception cref="JobLockedException">A run holds the lease.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now.</exception>
    public async Task<Rewound> RewindAsync(SyncJob job, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (to > time.GetUtcNow())
        {
            throw Wrong(OperationsStrings.Of("InFuture", Text(to)));
        }

        await using var session = await OpenAsync(job, cancellationToken);
        var state = session.State;
        if (state.Checkpoint is not { } checkpoint)
        {
            throw Wrong(OperationsStrings.Of("NotRunYet", job.Name()));
        }

        if (to >= checkpoint)
        {
            throw Wrong(OperationsStrings.Of("NotBefore", Text(checkpoint)));
        }

        var after = to.AddSeconds(-1); // what was changed in that very second is read too
        await session.CommitAsync(
            [],
            state with
            {
                Checkpoint = to,
                ReadAfter = state.ReadAfter < after ? state.ReadAfter : after,
                StartBound = state.StartBound > after ? after : state.StartBound,
                SeenVersions = [],
                RowsInWindow = 0,
            }
        );
        return new Rewound(job, checkpoint, to, to < settings.Sync.StartDate);
    }

    private async Task<LedgerSession> OpenAsync(SyncJob job, CancellationToken cancellationToken) =>
        await stores.Of(job).TryOpenAsync(cancellationToken) ?? throw new JobLockedException(job);

    private async Task<MarkedRecords> MarkAsync(
        LedgerSession session,
        SyncJob job,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        var known = await session.ReadAsync(ids, cancellationToken);
        var (missing, problem) = await MissingAsync(job, ids, cancellationToken);
        var present = ids.Except(missing).ToList();
        var transitions = new LedgerTransitions(fingerprints, time.GetUtcNow());
        var marked = present.Select(id => LedgerTransitions.Marked(known.GetValueOrDefault(id), id));
        // The next run looks once more, and lets go of what is missing then too.
        var noted = missing
            .Select(known.GetValueOrDefault)
            .OfType<LedgerEntry>()
            .Select(entry => transitions.Missing(entry, DateTimeOffset.MinValue));
        await session.CommitAsync([.. marked.Concat(noted).Select(transition => transition.Change)], null);
        return new MarkedRecords(job, [.. present.Where(known.ContainsKey)], [.. present.Where(id => !known.ContainsKey(id))], missing)
        {
            Unchecked = problem,
        };
    }

    // A record may be marked while Bitrix24 is out: the next run finds out whether it is there.
    private async Task<(IReadOnlyList<string> Missing, string? Problem)> MissingAsync(
        SyncJob job,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return ids.Count == 0
                ? ([], null)
                : ((await new CardLookup(bitrix24, jobs.Create(job).Table).ReadAsync(ids, cancellationToken)).Missing, null);
        }
        catch (UnavailableException error)
        {
            return ([], Reasons.Of(error));
        }
    }

    private static ConfigurationException Wrong(string problem) => new([new ConfigurationProblem("--to", problem)]);

    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
