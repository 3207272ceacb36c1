using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Where a person opens a card in Bitrix24.</summary>
public sealed class CardLinks
{
    private readonly string portal;

    internal CardLinks(Settings settings) => portal = new Uri(settings.Bitrix24.WebhookUrl).GetLeftPart(UriPartial.Authority);

    /// <summary>The card's address; no secret is part of it.</summary>
    public string Of(SyncJob job, string id) => $"{portal}/crm/{(job == SyncJob.Contacts ? "contact" : "deal")}/details/{id}/";
}
