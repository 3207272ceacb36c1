using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Reads the cards modified after a moment, ascending by <c>DATE_MODIFY</c>, so that none is skipped whatever happens
/// meanwhile. Each page starts at the last second of the page before (never at an offset: rows move) and rows already seen
/// are dropped. A quiet window is one request. Where there is more than a few pages, the rest is read in parts by
/// <see cref="WindowParts"/>.
/// </summary>
internal sealed class CardReader(Bitrix24Client client, CardTable table)
{
    /// <summary>Pages of the second request, which also counts what is left.</summary>
    private const int SecondPages = 4;

    private readonly ListChain chain = new(client, table);
    private DateTimeOffset? bound;

    /// <summary>
    /// The portal's clock at the first answer, or the last row of that answer if it is later: a fixed upper bound, so that
    /// the reading ends although the status writes keep moving cards behind it. <see langword="null"/> before the first answer.
    /// </summary>
    public DateTimeOffset? Bound => bound;

    /// <summary>The portal's clock at the first answer; <see langword="null"/> before it, or when the portal does not tell.</summary>
    public DateTimeOffset? PortalTime { get; private set; }

    /// <summary>Reads the eligible cards modified after <paramref name="after"/>, page by page.</summary>
    /// <param name="after">Strictly after this moment.</param>
    /// <param name="expected">How many rows are known to be there: so many pages are asked for at once.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnavailableException">The portal cannot be used, refuses the list, or ignores filter or order.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Card>> ReadAsync(
        DateTimeOffset after, int expected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await TryReadAsync(after, expected, cancellationToken) is { } few)
        {
            foreach (var page in few.Chunk(CardTable.PageSize))
            {
                yield return [.. page.Where(table.IsEligible)];
            }

            yield break;
        }

        var position = new ListPosition(after);
        var rest = 0;
        foreach (var (pages, counts) in new[] { (1, false), (SecondPages, true) })
        {
            var answer = await chain.AskAsync(Page(position.Condition, counts), From, CardTable.Modified, pages, cancellationToken);
            Fix(answer.PortalTime, answer.Pages[^1].Readable);
            rest = (answer.Total ?? position.Taken) - position.Taken;
            for (var i = 0; i < answer.Pages.Count; i++)
            {
                var page = answer.Pages[i];
                if (!position.Fits(page.Readable))
                {
                    chain.Break(i);
                    break;
                }

                var fresh = position.Take(page.Readable);
                chain.Unreadable.Add(page.Unreadable);
                rest -= fresh.Count;
                yield return [.. fresh.Where(table.IsEligible)];
                if (!page.IsFull)
                {
                    yield break;
                }

                if (ListPosition.IsOneSecond(page.Readable))
                {
                    break; // The next page by time would be the same one again.
                }
            }
        }

        await foreach (var part in new WindowParts(client, table, chain).ReadAsync(position.Last, bound ?? position.Last, rest + position.Taken, cancellationToken))
        {
            foreach (var page in part.Chunk(CardTable.PageSize))
            {
                yield return [.. position.Take(page).Where(table.IsEligible)];
            }
        }

        Bitrix24Command From(JsonNode last) => Page((">=" + CardTable.Modified, last), counts: false);
    }

    /// <summary>The rows that cannot be read, of what was read by time since this was last asked: each is reported once.</summary>
    public IReadOnlyList<UnreadableRow> TakeUnreadable() => chain.Unreadable.Take();

    /// <summary>
    /// Reads these cards as they are now; those that are gone or not eligible any more are missing, and those that cannot be read
    /// are among the unreadable rows.
    /// </summary>
    public async Task<(IReadOnlyList<Card> Cards, IReadOnlyList<UnreadableRow> Unreadable)> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var cards = new List<Card>();
        var unreadable = new List<UnreadableRow>();
        foreach (var chunk in ids.Chunk(CardTable.PageSize))
        {
            var page = await client.QueryAsync(table.List(chunk), answer => CardPage.ReadAsked(answer.Result, table.ListMethod, chunk), cancellationToken);
            cards.AddRange(page.Readable.Where(table.IsEligible));
            unreadable.AddRange(page.Unreadable);
        }

        return (cards, unreadable);
    }

    // What is known to be there can be asked for at once.
    private async Task<List<Card>?> TryReadAsync(DateTimeOffset after, int expected, CancellationToken cancellationToken)
    {
        if (PartReader.PagesFor(expected) is 1 or > Bitrix24Client.MostCommands)
        {
            return null;
        }

        var (cards, portalTime) = await new PartReader(table, chain).TryReadAsync(new ModifiedRange { After = after }, expected, cancellationToken);
        Fix(portalTime, cards ?? []);
        return cards;
    }

    private void Fix(DateTimeOffset? portalTime, IReadOnlyList<Card> page)
    {
        PortalTime ??= portalTime;
        bound ??= page.Count > 0 && !(page[^1].Modified <= portalTime) ? page[^1].Modified : portalTime;
    }

    private Bitrix24Command Page((string Key, JsonNode? Value) from, bool counts)
    {
        (string, JsonNode?)[] conditions = bound is { } to ? [from, ("<=" + CardTable.Modified, CardTable.Format(to))] : [from];
        string[] order = [CardTable.Modified, "ID"];
        return counts ? table.CountedList(conditions, order) : table.List(conditions, order);
    }
}
