using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>Where a person opens a card in Bitrix24.</summary>
internal sealed class CardLinks(Settings settings, JobFactory jobs)
{
    private readonly string portal = new Uri(settings.Bitrix24.WebhookUrl).GetLeftPart(UriPartial.Authority);

    /// <summary>The card's address; no secret is part of it.</summary>
    public string Of(SyncJob job, string id) => $"{portal}/crm/{jobs.Create(job).Table.Entity}/details/{id}/";
}
