using System.Globalization;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Cards;

/// <summary>A contact's or deal's card as a run's record.</summary>
internal sealed class CardRecord(Card card, string statusField, Fingerprints fingerprints) : SyncRecord
{
    private long? sight;

    public Card Card => card;

    public override string Id => card.Id;

    public override DateTimeOffset Modified => card.Modified;

    public override string? Status => card.Text(statusField);

    public override bool HasStatusField => card.Has(statusField);

    public override string Content { get; } = card.Fingerprint();

    public override long Sight => sight ??= fingerprints.Short(string.Create(CultureInfo.InvariantCulture, $"{card.Id}|{card.Modified.UtcTicks}|{Content}"));

    public override string StatusHash(string text) => fingerprints.Of(StatusLine.Hash(text));
}
