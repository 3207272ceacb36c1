using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Operations.Why;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Reads the cards of failing records from Bitrix24, live: the ledger knows neither names nor texts. Fifty cards are a page, 25 pages a
/// request.
/// </summary>
internal sealed class FailingCards(JobFactory jobs, CardFaces faces)
{
    /// <summary>The cards by job and ID; none where Bitrix24 does not show them, or cannot be asked.</summary>
    /// <param name="status">What fails.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<(SyncJob Job, string Id), FoundCard>> ReadAsync(
        ServiceStatus status,
        CancellationToken cancellationToken
    )
    {
        var cards = new Dictionary<(SyncJob, string), FoundCard>();
        if (status.Jobs.Any(job => job.Backlog.Problem is not null))
        {
            return cards; // it did not answer a moment ago
        }

        try
        {
            foreach (var one in status.Jobs)
            {
                var job = jobs.Create(one.Job);
                var read = await faces.ByIdAsync(job, [.. one.Failing.Select(record => record.Entry.Id)], cancellationToken);
                foreach (var card in await faces.OfAsync(job, read, cancellationToken))
                {
                    cards[(card.Job, card.Id)] = card;
                }
            }
        }
        catch (UnavailableException)
        {
            // The status tells that Bitrix24 does not answer; what the ledger knows is shown all the same.
        }

        return cards;
    }
}
