using System.Runtime.CompilerServices;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Splits a window by time into parts of about one request each. Whatever moments it is split at, the parts cover the window: a wrong guess
/// costs requests and never a card.
/// </summary>
/// <param name="client">Bitrix24.</param>
/// <param name="table">The cards.</param>
/// <param name="rowsPerPart">How many rows a part should have; fewer once cards turn out to be large.</param>
/// <param name="ahead">How many parts are asked for at once.</param>
internal sealed class WindowSplit(Bitrix24Client client, EntityQueries table, Func<int> rowsPerPart, int ahead)
{
    /// <summary>Splits; looks only a few parts ahead, so that no list is asked for at a deep offset.</summary>
    /// <param name="window">The window.</param>
    /// <param name="afterId">Cards up to this ID do not count.</param>
    /// <param name="rows">How many rows it has, about.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="Http.UnavailableException">The portal cannot be used, or refuses the list.</exception>
    public async IAsyncEnumerable<(ModifiedRange Range, int Rows)> SplitAsync(
        ModifiedRange window,
        long afterId,
        int rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rest = window;
        while (rows > rowsPerPart())
        {
            var begin = 0;
            foreach (var (offset, found) in await MomentsAsync(rest, afterId, rows, cancellationToken))
            {
                if (found is { } moment && !(moment <= rest.After) && !(moment <= rest.From) && !(moment > rest.UpTo))
                {
                    yield return (rest with { Before = moment, UpTo = null }, offset - begin);
                    (rest, begin) = (rest with { After = null, From = moment }, offset);
                }
            }

            if (begin == 0)
            {
                break; // all of them lie in one second, or the portal does not tell: read as one part
            }

            rows -= begin;
        }

        yield return (rest, rows);
    }

    // When the cards at some offsets were modified, as far as the portal shows it; only a hint.
    private async Task<IReadOnlyList<(int Offset, DateTimeOffset? Moment)>> MomentsAsync(
        ModifiedRange range,
        long afterId,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var parts = (rows + rowsPerPart() - 1) / rowsPerPart();
        var offsets = Enumerable.Range(1, Math.Min(parts - 1, ahead)).Select(i => WholePages((long)rows * i / parts)).ToList();
        return await client.BatchAsync(offsets.ConvertAll(offset => table.Moment(range, afterId, offset)), Read, cancellationToken);

        List<(int, DateTimeOffset?)> Read(BatchAnswer batch) =>
            [
                .. offsets.Zip(
                    batch.Commands,
                    (offset, command) =>
                        (offset, command.Result.Rows() is [var first, ..] ? first.Member(EntityQueries.Modified).Timestamp() : null)
                ),
            ];
    }

    private static int WholePages(long rows) =>
        (int)((rows + (EntityQueries.PageSize / 2)) / EntityQueries.PageSize * EntityQueries.PageSize);
}
