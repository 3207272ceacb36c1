using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Sync;

/// <summary>
/// One record on its way through the stages of a run. It begins as the card that was read and what the ledger knows of it; mapping,
/// deciding and delivering each add their part.
/// </summary>
/// <param name="card">The card as it was read.</param>
/// <param name="statusField">The code of its status field.</param>
/// <param name="entry">What the ledger knows of it; <see langword="null"/> when no run has handled it.</param>
/// <param name="source">Why it was read.</param>
/// <param name="version">The card's version hash, see <see cref="VersionOf"/>.</param>
internal sealed class SyncItem(Card card, string statusField, LedgerEntry? entry, ItemSource source, long version)
{
    /// <summary>The card as it was read.</summary>
    public Card Card => card;

    /// <summary>The record's ID in Bitrix24.</summary>
    public string Id => card.Id;

    /// <summary>The card's version hash.</summary>
    public long Version => version;

    /// <summary>What the ledger knew of it when it was read.</summary>
    public LedgerEntry? Entry => entry;

    /// <summary>Why it was read.</summary>
    public ItemSource Source => source;

    /// <summary>A hash of a card in just one version: its ID, when it was modified, and its contents.</summary>
    public static long VersionOf(Card card, Fingerprints fingerprints) =>
        fingerprints.Short(string.Create(CultureInfo.InvariantCulture, $"{card.Id}|{card.Modified.UtcTicks}|{card.ContentHash}"));

    /// <summary>What the status field held when the card was read; <see langword="null"/> when it was empty.</summary>
    public string? Status { get; } = card.Text(statusField);

    /// <summary>Whether the card came with a status field at all.</summary>
    public bool HasStatusField { get; } = card.Has(statusField);

    /// <summary>
    /// Whether the job's checkpoint had passed the card when the run began, so that only a full resync or the look-back shows it again:
    /// nobody has changed it since.
    /// </summary>
    public bool IsPassed { get; init; }

    /// <summary>Whether what the ledger owes to it is due.</summary>
    public bool IsDueAt(DateTimeOffset now) => source == ItemSource.Due || entry is null || entry.IsDueAt(now);

    /// <summary>What the mapping made of it; <see langword="null"/> when it need not be mapped to decide.</summary>
    public MappingResult? Mapping { get; set; }

    /// <summary>What is to be done with it.</summary>
    public SyncAction Action { get; set; }

    /// <summary>
    /// What sending it came to; <see langword="null"/> when it was not sent, or when <see cref="Failure"/> says why there is no result.
    /// </summary>
    public Delivery? Delivery { get; set; }

    /// <summary>Whether its status text was still to be written when its outcome was stored.</summary>
    public bool IsStatusOwed { get; set; }

    /// <summary>What kept the delivery from a result: an unavailable system, or the end of the run.</summary>
    public Exception? Failure { get; set; }
}

/// <summary>Why a record was read.</summary>
internal enum ItemSource
{
    /// <summary>It was modified within the window.</summary>
    Window,

    /// <summary>
    /// It is in the window, but looks exactly as it did when an earlier run passed it, or this one because it was due: nothing is done.
    /// </summary>
    SeenBefore,

    /// <summary>The ledger owes it something; it may lie outside of the window.</summary>
    Due,
}
