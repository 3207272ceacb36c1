using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>A record that failed when it was last handled.</summary>
/// <param name="Entry">What is known of it.</param>
/// <param name="Link">Its card.</param>
public sealed record FailingRecord(LedgerEntry Entry, string Link);

/// <summary>How many records wait in Bitrix24.</summary>
/// <param name="Count">So many; <see langword="null"/> when Bitrix24 did not say.</param>
/// <param name="IsUpperBound">Whether there may be fewer, because some of them are known as they are.</param>
/// <param name="Problem">Why Bitrix24 did not say.</param>
public sealed record Backlog(int? Count, bool IsUpperBound, string? Problem);

/// <summary>How one job stands.</summary>
public sealed record JobStatus
{
    /// <summary>The job.</summary>
    public required SyncJob Job { get; init; }

    /// <summary>How far it has come; <see langword="null"/> when it has never run.</summary>
    public JobState? State { get; init; }

    /// <summary>Since when a run holds the lease; <see langword="null"/> when none does.</summary>
    public DateTimeOffset? LockedSince { get; init; }

    /// <summary>What waits in Bitrix24.</summary>
    public required Backlog Backlog { get; init; }

    /// <summary>Whether mapping or start date are not those of the last run, so that the next one looks at everything again.</summary>
    public bool ConfigurationChanged { get; init; }

    /// <summary>Status texts that Bitrix24 has not taken yet.</summary>
    public int StatusesOwed { get; init; }

    /// <summary>Records queued by hand.</summary>
    public int Queued { get; init; }

    /// <summary>Records that failed, the longest failing first.</summary>
    public IReadOnlyList<FailingRecord> Failing { get; init; } = [];

    /// <summary>Records that otmechalka has taken, as far as the ledger knows.</summary>
    public int Delivered { get; init; }
}

/// <summary>How the service stands.</summary>
/// <param name="Jobs">Both jobs.</param>
/// <param name="KnownClients">Clients the ledger knows to be in otmechalka.</param>
public sealed record ServiceStatus(IReadOnlyList<JobStatus> Jobs, int KnownClients)
{
    /// <summary>At most so many active clients fit (docs/spec.md, section 4.2).</summary>
    public const int MostClients = 5000;
}
