using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Reads the cards modified after a moment, ascending by <c>DATE_MODIFY</c>, so that none is skipped whatever happens
/// meanwhile. Each page starts at the last second of the page before (never at an offset: rows move), rows already seen
/// are dropped, and a second that holds more rows than a page is read by ID. Several pages are chained in one batch by
/// <c>$result[…]</c>: 1, 4, 16, then 50.
/// </summary>
internal sealed class CardReader(Bitrix24Client client, CardTable table)
{
    private bool chaining = true;
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
        var position = new ListPosition(after);
        for (var pages = PagesFor(expected); ; pages = Math.Min(pages * 4, Bitrix24Client.MostCommands))
        {
            var (answers, portalTime) = await AskAsync(position, chaining ? pages : 1, cancellationToken);
            PortalTime ??= portalTime;
            bound ??= Latest(portalTime, answers[^1]);
            for (var i = 0; i < answers.Count; i++)
            {
                var page = answers[i];
                if (!position.Fits(page))
                {
                    // A chained page that does not go on from the one before: the server reads references in its own way.
                    chaining = i > 0 ? false : throw ListPosition.Ignored("filter");
                    break;
                }

                yield return [.. position.Take(page).Where(table.IsEligible)];
                if (page.Count < CardTable.PageSize)
                {
                    yield break;
                }

                if (ListPosition.IsOneSecond(page))
                {
                    await foreach (var crowd in ReadSecondAsync(position, cancellationToken))
                    {
                        yield return crowd;
                    }

                    break;
                }
            }
        }
    }

    /// <summary>Reads these cards as they are now; those that are gone or not eligible any more are missing.</summary>
    public async Task<IReadOnlyList<Card>> ReadAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var cards = new List<Card>();
        foreach (var chunk in ids.Chunk(CardTable.PageSize))
        {
            var wanted = chunk.ToHashSet();
            var condition = new JsonArray([.. chunk.Select(id => (JsonNode)id)]);
            var answer = await client.QueryAsync(table.List([("@ID", condition)], "ID"), cancellationToken);
            cards.AddRange(CardTable.Read(answer.Result).Where(card => wanted.Remove(card.Id) && table.IsEligible(card)));
        }

        return cards;
    }

    private async Task<(List<IReadOnlyList<Card>> Pages, DateTimeOffset? PortalTime)> AskAsync(ListPosition position, int pages, CancellationToken cancellationToken)
    {
        var commands = new List<Bitrix24Command> { Page(position.Condition) };
        for (var i = 1; i < pages; i++)
        {
            var last = string.Create(CultureInfo.InvariantCulture, $"[c{i - 1}][{CardTable.PageSize - 1}][{CardTable.Modified}]");
            commands.Add(Page((">=" + CardTable.Modified, Bitrix24Command.Reference(last))));
        }

        if (commands.Count == 1)
        {
            var answer = await client.QueryAsync(commands[0], cancellationToken);
            return ([CardTable.Read(answer.Result)], answer.PortalTime);
        }

        var batch = await client.BatchAsync(commands, cancellationToken);
        var read = new List<IReadOnlyList<Card>>();
        foreach (var command in batch.Commands)
        {
            if (command.Error is { } error)
            {
                // What was read before the failure is good; a failure at the first page is the portal's.
                return read.Count > 0 ? (read, batch.PortalTime) : throw Bitrix24Client.Refused(table.ListMethod, error);
            }

            read.Add(CardTable.Read(command.Result));
            if (read[^1].Count < CardTable.PageSize)
            {
                break; // The pages after the last one started again from the beginning.
            }
        }

        return (read, batch.PortalTime);
    }

    private Bitrix24Command Page((string Key, JsonNode? Value) from) => table.List(
        bound is { } to ? [from, ("<=" + CardTable.Modified, CardTable.Format(to))] : [from], CardTable.Modified, "ID");

    // A second that holds more rows than a page: read it by ID, then go on behind it.
    private async IAsyncEnumerable<IReadOnlyList<Card>> ReadSecondAsync(ListPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var second = CardTable.Format(position.Last);
        var id = "0";
        while (true)
        {
            var command = table.List([(">=" + CardTable.Modified, second), ("<=" + CardTable.Modified, second), (">ID", id)], "ID");
            var page = CardTable.Read((await client.QueryAsync(command, cancellationToken)).Result);
            if (page.Count > 0 && (page[^1].Id == id || page.Any(card => card.Modified != position.Last)))
            {
                throw ListPosition.Ignored("filter");
            }

            yield return [.. position.Take(page).Where(table.IsEligible)];
            if (page.Count < CardTable.PageSize)
            {
                break;
            }

            id = page[^1].Id;
        }

        position.GoBehindLast();
    }

    private static int PagesFor(int expected) => Math.Clamp((expected / CardTable.PageSize) + 1, 1, Bitrix24Client.MostCommands);

    private static DateTimeOffset? Latest(DateTimeOffset? portalTime, IReadOnlyList<Card> page) =>
        page.Count > 0 && !(page[^1].Modified <= portalTime) ? page[^1].Modified : portalTime;
}
