using System.Runtime.CompilerServices;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Reads the cards that were modified after a moment, ascending by <c>DATE_MODIFY</c>, so that none is skipped whatever happens meanwhile.
/// The window is fixed at both ends: it ends at the portal's clock at the first answer. Within it cards are read by ID, which never moves.
/// A card that is changed while it is read leaves the window behind its end, and is the next run's. A quiet window is one request; one that
/// holds more than two requests' worth is read in parts, split by time, some of them side by side and given in order.
/// </summary>
internal sealed class WindowReader(Bitrix24Client client, EntityQueries table)
{
    /// <summary>Pages of the second request, which also counts what is left.</summary>
    private const int SecondPages = 4;

    /// <summary>A request reads 2,500 rows; a part has somewhat less, because the split is not exact.</summary>
    private const int MostRowsPerPart = 2460;

    private const int MostPartsAtOnce = 5;

    /// <summary>What a part should not exceed in memory, and all parts together.</summary>
    private const int MostBytesPerPart = 6 * 1024 * 1024;
    private const int MostBytes = 20 * 1024 * 1024;

    private readonly KeysetChain chain = new(client, table);

    /// <summary>The portal's clock at the first answer; <see langword="null"/> before it, or when the portal does not tell.</summary>
    public DateTimeOffset? PortalTime { get; private set; }

    private int RowsPerPart => Math.Clamp(MostBytesPerPart / Math.Max(1, chain.BytesPerRow), EntityQueries.PageSize, MostRowsPerPart);

    private int PartsAtOnce => Math.Clamp(MostBytes / Math.Max(1, chain.BytesPerRow * RowsPerPart), 1, MostPartsAtOnce);

    /// <summary>Reads the window, the eligible cards of it, in portions of any size.</summary>
    /// <param name="after">Strictly after this moment.</param>
    /// <param name="expected">How many rows are known to be there: so many are asked for at once.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnavailableException">The portal cannot be used, refuses the list, or ignores filter or order.</exception>
    public async IAsyncEnumerable<WindowPortion> ReadAsync(
        DateTimeOffset after,
        int expected,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var window = new ModifiedRange { After = after };
        var first = await chain.ReadAsync(window, 0, PagesFor(Math.Min(expected, MostRowsPerPart)), counts: false, cancellationToken);
        PortalTime = first.PortalTime;
        if (first.IsEnd)
        {
            yield return Portion(first);
            yield break;
        }

        // Cards saved between the portal's look at its clock and at its table are part of the first answer.
        window = window with
        {
            UpTo = Latest(first.PortalTime, first.Cards),
        };
        var second = await chain.ReadAsync(window, first.LastId, SecondPages, counts: true, cancellationToken);
        if (second.IsEnd)
        {
            yield return Portion(first, second);
            yield break;
        }

        var left = (second.Total ?? 0) - second.Cards.Count;
        if (left <= RowsPerPart)
        {
            yield return Portion(first, second, await RestAsync(window, second.LastId, left, cancellationToken));
            yield break;
        }

        // What was read already is given with the parts that it belongs to.
        var split = new WindowSplit(client, table, () => RowsPerPart, MostPartsAtOnce);
        await foreach (
            var (range, part) in PartsAsync(
                split.SplitAsync(window, second.LastId, left, cancellationToken),
                second.LastId,
                cancellationToken
            )
        )
        {
            yield return Portion(Within(range, first), Within(range, second), part);
        }
    }

    /// <summary>
    /// The parts in order, some read side by side. At first as many as may be; who then finds them all there already is slower
    /// than the reading, and gets fewer at once, because they would only fill the memory.
    /// </summary>
    private async IAsyncEnumerable<(ModifiedRange Range, KeysetChain.Answer Answer)> PartsAsync(
        IAsyncEnumerable<(ModifiedRange Range, int Rows)> parts,
        long afterId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new Queue<Task<(ModifiedRange, KeysetChain.Answer)>>();
        var atOnce = MostPartsAtOnce;
        try
        {
            await foreach (var (range, rows) in parts)
            {
                reading.Enqueue(PartAsync(range, rows));
                while (reading.Count >= Math.Min(atOnce, PartsAtOnce))
                {
                    atOnce = Math.Clamp(atOnce + (reading.All(part => part.IsCompleted) ? -1 : 1), 1, MostPartsAtOnce);
                    yield return await reading.Dequeue();
                }
            }

            while (reading.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            stop.CancelHere();
            await Task.WhenAll(reading).WhenEndedAsync();
        }

        async Task<(ModifiedRange, KeysetChain.Answer)> PartAsync(ModifiedRange range, int rows) =>
            (range, await RestAsync(range, afterId, rows, stop.Token));
    }

    /// <summary>The rest of a range, in as many requests as it takes.</summary>
    private async Task<KeysetChain.Answer> RestAsync(ModifiedRange range, long afterId, int rows, CancellationToken cancellationToken)
    {
        var (cards, unreadable, last) = (new List<Card>(), new List<UnreadableRow>(), afterId);
        // Where it has more rows than expected: a few pages more, then many.
        for (var (pages, further) = (PagesFor(rows), 4); ; (pages, further) = (further, further * 4))
        {
            var answer = await chain.ReadAsync(range, last, pages, counts: false, cancellationToken);
            cards.AddRange(answer.Cards);
            unreadable.AddRange(answer.Unreadable);
            if (answer.IsEnd)
            {
                return answer with { Cards = cards, Unreadable = unreadable };
            }

            last = answer.LastId > last ? answer.LastId : throw Bitrix24Client.FailedRead(table.ListMethod, "a list that does not go on");
        }
    }

    private WindowPortion Portion(params KeysetChain.Answer[] answers) =>
        new(
            [
                .. answers
                    .SelectMany(answer => answer.Cards)
                    .Where(table.IsEligible)
                    .OrderBy(card => card.Modified)
                    .ThenBy(card => card.Number),
            ],
            [.. answers.SelectMany(answer => answer.Unreadable)]
        );

    private static KeysetChain.Answer Within(ModifiedRange range, KeysetChain.Answer answer) =>
        answer with
        {
            Cards = [.. answer.Cards.Where(range.Contains)],
            Unreadable = range.After is null ? [] : answer.Unreadable,
        };

    private static DateTimeOffset? Latest(DateTimeOffset? portalTime, IReadOnlyList<Card> cards) =>
        cards.Select(card => (DateTimeOffset?)card.Modified).Append(portalTime).Max();

    /// <summary>So many pages hold the rows, and one that is not full: only such a page is known to be the last.</summary>
    private static int PagesFor(int rows) => (rows / EntityQueries.PageSize) + 1;
}

/// <summary>Some cards of a window.</summary>
/// <param name="Cards">The eligible cards, ascending by <c>DATE_MODIFY</c>.</param>
/// <param name="Unreadable">The rows that cannot be read.</param>
internal sealed record WindowPortion(IReadOnlyList<Card> Cards, IReadOnlyList<UnreadableRow> Unreadable);
