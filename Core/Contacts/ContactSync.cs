using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Cards;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Contacts;

/// <summary>How a contact becomes a client: it is created, and kept up to date (spec 2, 6).</summary>
internal sealed class ContactSync(
    Bitrix24Client bitrix24, OtmechalkaClient otmechalka, ContactMapping mapping, SyncOptions options, TimeSpan otmechalkaTimeout, Fingerprints fingerprints)
    : CardJob(bitrix24, Table(mapping, options), "Mapping__Contact__StatusField", mapping, fingerprints)
{
    /// <summary>What is known of a client that a search finds and a change does not.</summary>
    private const string NotToBeChanged = "HTTP 404";

    private readonly ContactMapper mapper = new(mapping);

    public override SyncJob Job => SyncJob.Contacts;

    public override bool DeliversOnce => false;

    public static CardTable Table(ContactMapping mapping, SyncOptions options) =>
        new("contact", mapping.StatusField, new ContactMapper(mapping).Columns, options.StartDate, []);

    public override Task<IReadOnlyList<Mapped>> MapAsync(IReadOnlyList<CardRecord> records, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Mapped>>([.. records.Select(record => Keyed(mapper.Map(record.Card)))]);

    public override async Task<Delivery> DeliverAsync(CardRecord record, Mapped.Ready ready, bool isKnown, CancellationToken cancellationToken)
    {
        var client = ((ReadyClient)ready).Client;
        var found = isKnown ? OtmechalkaAnswer.Accepted : !Mechanism.SearchBeforeCreate.IsOn() ? OtmechalkaAnswer.Absent : await otmechalka.FindClientAsync(client.OriginId, cancellationToken);
        if (found.Verdict == OtmechalkaVerdict.Accepted)
        {
            var updated = await otmechalka.UpdateClientAsync(client, cancellationToken);
            if (updated.Verdict != OtmechalkaVerdict.Absent)
            {
                return ToDelivery(updated, DeliveryKind.Updated);
            }

            // Deleted by hand (spec 6, invariant 8). A create needs a search before it.
            found = await otmechalka.FindClientAsync(client.OriginId, cancellationToken);
            if (found.Verdict == OtmechalkaVerdict.Accepted)
            {
                return ToDelivery(updated with { Verdict = OtmechalkaVerdict.Refused, Message = ContactTexts.NotToBeChanged, Code = NotToBeChanged }, DeliveryKind.Unchanged);
            }
        }

        return found.Verdict == OtmechalkaVerdict.Absent
            ? ToDelivery(await otmechalka.CreateClientAsync(client, cancellationToken), DeliveryKind.Created)
            : ToDelivery(found with { Verdict = found.Verdict == OtmechalkaVerdict.Failed ? OtmechalkaVerdict.Failed : OtmechalkaVerdict.Refused }, DeliveryKind.Unchanged);
    }

    private Delivery ToDelivery(OtmechalkaAnswer answer, DeliveryKind accepted) => answer.Verdict switch
    {
        OtmechalkaVerdict.Accepted => new Delivery(accepted),
        OtmechalkaVerdict.Unclear => new Delivery(DeliveryKind.Unclear, ContactTexts.Unclear, answer.Code)
        {
            NotBefore = answer.MayStillArrive ? otmechalkaTimeout : TimeSpan.Zero,
            Failure = answer.Failure,
        },
        OtmechalkaVerdict.Failed => new Delivery(DeliveryKind.Failed, StatusLine.Of(ContactTexts.Refused + answer.Message), answer.Code),
        _ => new Delivery(DeliveryKind.Refused, StatusLine.Of(ContactTexts.Refused + answer.Message), answer.Code),
    };
}
