using System.Globalization;
using Azure;
using Azure.Data.Tables;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Checkpoints;

/// <summary>
/// The row of a job's lease, as one owner writes it. Every transaction replaces it on the condition that nobody else has, so that a stale
/// owner can store nothing. It carries the number of the transaction: one whose answer was lost is recognised as ours and not taken for a
/// conflict.
/// </summary>
internal sealed class LeaseRow(JobStore store, DateTimeOffset takenAt)
{
    /// <summary>
    /// A lease not renewed for so long is free. Promised are 90 seconds (docs/spec.md, section 9): the rest leaves room
    /// for clocks and timers.
    /// </summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    public const string Owner = "Owner";
    public const string TakenAt = "TakenAt";
    private const string Number = "Commit";

    private readonly string owner = store.Owners.Next();
    private ETag etag;
    private long number;

    private string CommitName => string.Create(CultureInfo.InvariantCulture, $"{owner}:{number}");

    /// <summary>Whether a run has the lease. Both times are the storage's own: no two machines' clocks are compared.</summary>
    /// <param name="row">The row as stored.</param>
    /// <param name="now">The storage's clock when it was read.</param>
    public static bool IsHeld(TableEntity row, DateTimeOffset now) => row.ContainsKey(Owner) && now - row.Timestamp < TimeToLive;

    /// <summary>
    /// Takes a lease that is not held, on the condition that its row is still the one that was read; <see langword="false"/> when another
    /// run was faster.
    /// </summary>
    public async Task<bool> TryTakeAsync(TableEntity? free, CancellationToken cancellationToken)
    {
        var row = Row(keeps: true);
        var written = free is null
            ? await store.Table.AddAsync(row, cancellationToken)
            : await store.Table.ReplaceAsync(row, free.ETag, cancellationToken);
        if (written.Conflict is not { } conflict)
        {
            etag = written.ETag;
            return true;
        }

        var stored = await store.ReadLeaseAsync(cancellationToken) ?? throw StorageErrors.Unavailable(conflict);
        etag = stored.ETag;
        return IsOurLast(stored);
    }

    /// <summary>Carries the actions out in one transaction, on the condition that the lease is still ours.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="keeps">Whether the lease stays ours; else it is given back.</param>
    /// <exception cref="LeaseLostException">It is not ours; nothing was stored.</exception>
    /// <exception cref="UnavailableException">The storage cannot be used now; it may have been stored all the same.</exception>
    public async Task WriteAsync(IReadOnlyCollection<TableTransactionAction> actions, bool keeps)
    {
        number++;
        var row = Row(keeps);
        if (await ConflictAsync(row, actions) is not { } conflict)
        {
            return;
        }

        var stored = await StoredAsync(conflict);
        if (!IsOurLast(stored) && stored.ETag != etag)
        {
            // A renewal before this one was carried out without an answer.
            etag = stored.ETag;
            if (await ConflictAsync(row, actions) is not { } again)
            {
                return;
            }

            (stored, conflict) = (await StoredAsync(again), again);
        }

        etag = IsOurLast(stored)
            ? stored.ETag // only the answer was lost
            : throw StorageErrors.Unavailable(conflict); // another row is not as this run left it
    }

    private async Task<string?> ConflictAsync(TableEntity row, IReadOnlyCollection<TableTransactionAction> actions)
    {
        var written = await store.Table.SubmitAsync([new(TableTransactionActionType.UpdateReplace, row, etag), .. actions]);
        etag = written.Conflict is null ? written.ETag : etag;
        return written.Conflict;
    }

    // Without the row somebody has removed it, or the whole table: no run does, and what is stored is not known any more.
    private async Task<TableEntity> StoredAsync(string conflict)
    {
        var stored = await store.ReadLeaseAsync(CancellationToken.None) ?? throw StorageErrors.Unavailable(conflict);
        return EntityCodec.Text(stored, Owner) == owner || IsOurLast(stored) ? stored : throw new LeaseLostException();
    }

    private bool IsOurLast(TableEntity stored) => EntityCodec.Text(stored, Number) == CommitName;

    private TableEntity Row(bool keeps)
    {
        var row = new TableEntity(store.Job, EntityCodec.LeaseKey) { [Number] = CommitName };
        if (keeps)
        {
            row[Owner] = owner;
            row[TakenAt] = takenAt;
        }

        return row;
    }
}
