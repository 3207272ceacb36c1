using System.Text.Json;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>Cards that were asked for by their IDs, as Bitrix24 shows them now.</summary>
/// <param name="Eligible">Those that are eligible.</param>
/// <param name="NotEligible">Those that are there and not eligible (any more).</param>
/// <param name="Missing">The IDs that were not shown. One answer without a card is no proof that it is gone.</param>
/// <param name="Unread">The IDs of which nothing is known, because a row came that cannot be read and may be theirs.</param>
/// <param name="Unreadable">Those rows.</param>
internal sealed record FoundCards(
    IReadOnlyList<Card> Eligible,
    IReadOnlyList<Card> NotEligible,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unread,
    IReadOnlyList<UnreadableRow> Unreadable
);

/// <summary>
/// Reads cards by their IDs. Asked for without any other condition, so that a card in another stage can be told from one that is gone.
/// </summary>
internal sealed class CardLookup(Bitrix24Client client, EntityQueries table)
{
    /// <summary>So many cards are asked for in one request.</summary>
    public const int CardsPerRequest = PagesPerRequest * EntityQueries.PageSize;

    /// <summary>So many pages are some megabytes.</summary>
    private const int PagesPerRequest = 25;

    /// <summary>Reads the cards as they are now, many in a request.</summary>
    /// <exception cref="UnavailableException">The portal cannot be used, or refuses the list.</exception>
    public async Task<FoundCards> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var pages = new List<CardPage>();
        foreach (var group in ids.Distinct().Chunk(EntityQueries.PageSize).Chunk(PagesPerRequest))
        {
            pages.AddRange(await PagesAsync(group, cancellationToken));
        }

        var cards = pages.SelectMany(page => page.Readable).DistinctBy(card => card.Id).ToList();
        var unreadable = pages.SelectMany(page => page.Unreadable).ToList();
        var notShown = ids.Distinct().Except(cards.Select(card => card.Id)).ToLookup(id => unreadable.Exists(row => row.MayBe(id)));
        return new FoundCards(
            [.. cards.Where(table.IsEligible)],
            [.. cards.Where(card => !table.IsEligible(card))],
            [.. notShown[false]],
            [.. notShown[true]],
            unreadable
        );
    }

    private async Task<IReadOnlyList<CardPage>> PagesAsync(string[][] groups, CancellationToken cancellationToken) =>
        groups.Length == 1
            ? [await client.QueryAsync(table.ListOf(groups[0]), answer => Read(answer.Result, groups[0]), cancellationToken)]
            : await client.BatchAsync([.. groups.Select(table.ListOf)], batch => ReadAll(batch, groups), cancellationToken);

    private List<CardPage> ReadAll(BatchAnswer batch, string[][] groups) =>
        [
            .. groups.Zip(
                batch.Commands,
                (ids, answer) =>
                    answer.Error is { } error && error != Bitrix24Error.NoAnswer
                        ? throw Bitrix24Client.Refused(table.ListMethod, error)
                        : Read(answer.Result, ids)
            ),
        ];

    private CardPage Read(JsonElement result, string[] ids) => CardPage.ReadAsked(result, table.ListMethod, ids);
}
