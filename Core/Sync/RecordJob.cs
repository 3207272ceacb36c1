using B24Otmechalka.Core.Checkpoints;

namespace B24Otmechalka.Core.Sync;

/// <summary>What a job does with its records; the run does the rest. One instance serves one run.</summary>
/// <typeparam name="TRecord">The job's record.</typeparam>
internal abstract class RecordJob<TRecord>
    where TRecord : SyncRecord
{
    /// <summary>Which job it is.</summary>
    public abstract SyncJob Job { get; }

    /// <summary>Whether a delivered record is never sent again by a mere change (a ticket is created once).</summary>
    public abstract bool DeliversOnce { get; }

    /// <summary>Fingerprint of all that decides what becomes of a record: the mapping and the start date.</summary>
    public abstract string Rules { get; }

    /// <summary>The portal's clock when the window was fixed; known after the first answer.</summary>
    public abstract DateTimeOffset? PortalTime { get; }

    /// <summary>Checks against Bitrix24 what no answer to an update would tell: that the status field exists and is a text.</summary>
    /// <exception cref="ConfigurationException">It does not, or is not.</exception>
    public abstract Task PreflightAsync(CancellationToken cancellationToken);

    /// <summary>Reads the records modified after a moment, ascending by that time.</summary>
    public abstract IAsyncEnumerable<IReadOnlyList<TRecord>> ReadAsync(DateTimeOffset after, int expected, CancellationToken cancellationToken);

    /// <summary>Reads these records as they are now; those gone or not eligible any more are missing.</summary>
    public abstract Task<IReadOnlyList<TRecord>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>The records that reading met since this was last asked and could not read, each once in a run.</summary>
    public abstract IReadOnlyList<UnreadableRecord> TakeUnreadable();

    /// <summary>Maps the records, reading from Bitrix24 what that needs. The results come in the same order.</summary>
    public abstract Task<IReadOnlyList<Mapped>> MapAsync(IReadOnlyList<TRecord> records, CancellationToken cancellationToken);

    /// <summary>Sends a record: searches, then creates or changes.</summary>
    /// <param name="record">The record.</param>
    /// <param name="ready">Its mapping.</param>
    /// <param name="isKnown">Whether otmechalka took it before, as far as the ledger knows.</param>
    /// <param name="cancellationToken">Breaks off even a request that is under way.</param>
    public abstract Task<Delivery> DeliverAsync(TRecord record, Mapped.Ready ready, bool isKnown, CancellationToken cancellationToken);

    /// <summary>Writes status texts, at most <see cref="MostStatuses"/>. The results come in the same order.</summary>
    public abstract Task<IReadOnlyList<(StatusOutcome Outcome, string? Code)>> WriteStatusesAsync(
        IReadOnlyList<OwedStatus> statuses, CancellationToken cancellationToken);

    /// <summary>Of entries that wait for another record's delivery, those that need not wait any more.</summary>
    public virtual Task<IReadOnlyCollection<LedgerEntry>> EndedWaitsAsync(IReadOnlyCollection<LedgerEntry> waiting, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<LedgerEntry>>([]);

    /// <summary>The most status texts of one call.</summary>
    public const int MostStatuses = 50;

    /// <summary>The most records read by ID in one call.</summary>
    public const int MostIds = 50;
}

/// <summary>A record that cannot be read, while its neighbours can (spec 6).</summary>
/// <param name="Id">Its ID; <see langword="null"/> when that is what cannot be read.</param>
/// <param name="Reason">What is wrong, without anything of its contents.</param>
internal sealed record UnreadableRecord(string? Id, string Reason);
