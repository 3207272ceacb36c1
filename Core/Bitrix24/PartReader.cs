using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Reads all cards of a range of <c>DATE_MODIFY</c>, many pages in a request. By ID, which does not move: no row is read
/// twice, a second may hold any number of them, and a card that is changed meanwhile is missed only where the range has an
/// end, because then it belongs to the next run's window.
/// </summary>
internal sealed class PartReader(CardTable table, ListChain chain)
{
    /// <summary>Reads the range; the cards come ascending by <c>DATE_MODIFY</c>.</summary>
    /// <param name="range">The range.</param>
    /// <param name="rows">How many rows it has, about.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnavailableException">The portal cannot be used, refuses the list, or ignores filter or order.</exception>
    public async Task<List<Card>> ReadAsync(ModifiedRange range, int rows, CancellationToken cancellationToken)
    {
        var cards = new List<Card>();
        var id = 0L;
        // Where it has more rows than expected: a few pages more, then many.
        for (var (pages, further) = (PagesFor(rows), 4); ; (pages, further) = (further, further * 4))
        {
            var end = await AddAsync(cards, range, id, pages, cancellationToken);
            if (end.IsEnd)
            {
                return Sorted(cards);
            }

            id = end.Id;
        }
    }

    /// <summary>Reads the range if one request is enough.</summary>
    /// <returns>The cards, <see langword="null"/> when there are more; and the portal's clock when the request came.</returns>
    /// <inheritdoc cref="ReadAsync"/>
    public async Task<(List<Card>? Cards, DateTimeOffset? PortalTime)> TryReadAsync(ModifiedRange range, int rows, CancellationToken cancellationToken)
    {
        var cards = new List<Card>();
        var (isEnd, _, portalTime) = await AddAsync(cards, range, 0, PagesFor(rows), cancellationToken);
        return (isEnd ? Sorted(cards) : null, portalTime);
    }

    /// <summary>So many pages hold the rows, with one to spare, by which the last page is known.</summary>
    public static int PagesFor(int rows) => (rows / CardTable.PageSize) + 1;

    // Reads on behind the ID. Each full page brings the ID further: a page without a readable card is none (spec 6).
    private async Task<(bool IsEnd, long Id, DateTimeOffset? PortalTime)> AddAsync(
        List<Card> cards, ModifiedRange range, long id, int pages, CancellationToken cancellationToken)
    {
        var answer = await chain.AskAsync(After(id), After, "ID", pages, cancellationToken);
        for (var i = 0; i < answer.Pages.Count; i++)
        {
            var page = answer.Pages[i];
            if (!page.Readable.All(range.Contains))
            {
                throw ListPosition.Ignored("filter");
            }

            if (!GoesOn(page.Readable, id))
            {
                chain.Break(i);
                break;
            }

            cards.AddRange(page.Readable);
            chain.Unreadable.Add(page.Unreadable);
            if (!page.IsFull)
            {
                return (true, id, answer.PortalTime);
            }

            id = Math.Max(id, page.LastNumber ?? id);
        }

        return (false, id, answer.PortalTime);

        Bitrix24Command After(JsonNode last) => table.List([.. range.Conditions, (">ID", last)], "ID");
    }

    private static bool GoesOn(IReadOnlyList<Card> page, long id)
    {
        foreach (var card in page)
        {
            if (card.Number <= id)
            {
                return false;
            }

            id = card.Number;
        }

        return true;
    }

    private static List<Card> Sorted(List<Card> cards)
    {
        cards.Sort((one, other) => one.Modified == other.Modified ? one.Number.CompareTo(other.Number) : one.Modified.CompareTo(other.Modified));
        return cards;
    }
}
