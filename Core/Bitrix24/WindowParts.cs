using System.Runtime.CompilerServices;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Reads a window that is fixed at both ends, ascending by <c>DATE_MODIFY</c>: split into parts of one request each, which
/// are read side by side and given in order. Whatever moments it is split at, the parts cover the window: a wrong guess
/// costs requests and never a card. At most <see cref="SideBySide"/> parts are in memory, fewer and smaller ones where cards are large.
/// </summary>
internal sealed class WindowParts(Bitrix24Client client, CardTable table, ListChain chain)
{
    private const int SideBySide = 5;

    /// <summary>A request reads 2,500 rows; a part has somewhat less, because the split is not exact.</summary>
    private const int RowsPerPart = 2460;

    /// <summary>What a part should not exceed in memory, and all of them together.</summary>
    private const int MostBytesPerPart = 6 * 1024 * 1024;
    private const int MostBytes = 20 * 1024 * 1024;

    private readonly PartReader reader = new(table, chain);

    private int RowsOfPart => Math.Clamp(MostBytesPerPart / Math.Max(1, chain.BytesPerRow), CardTable.PageSize, RowsPerPart);

    private int PartsAtOnce => Math.Clamp(MostBytes / Math.Max(1, chain.BytesPerRow * RowsOfPart), 1, SideBySide);

    /// <summary>Reads the window.</summary>
    /// <param name="from">Its beginning, inclusive.</param>
    /// <param name="bound">Its end, inclusive.</param>
    /// <param name="rows">How many rows it has, about.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnavailableException">The portal cannot be used, refuses the list, or ignores filter or order.</exception>
    public async IAsyncEnumerable<List<Card>> ReadAsync(
        DateTimeOffset from, DateTimeOffset bound, int rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new Queue<Task<List<Card>>>();
        try
        {
            await foreach (var (range, expected) in SplitAsync(new ModifiedRange { From = from, UpTo = bound }, rows, stop.Token))
            {
                reading.Enqueue(reader.ReadAsync(range, expected, stop.Token));
                while (reading.Count >= PartsAtOnce)
                {
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
            stop.Cancel(); // not CancelAsync: it leaves the synchronisation context
            await Task.WhenAll(reading.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    // Looks only a few parts ahead, so that no list is asked for at a deep offset.
    private async IAsyncEnumerable<(ModifiedRange Range, int Rows)> SplitAsync(ModifiedRange rest, int rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (rows > RowsOfPart)
        {
            var parts = (rows + RowsOfPart - 1) / RowsOfPart;
            var offsets = Enumerable.Range(1, Math.Min(parts - 1, SideBySide)).Select(i => WholePages((long)rows * i / parts)).ToList();
            var begin = 0;
            foreach (var (offset, found) in offsets.Zip(await MomentsAsync(rest, offsets, cancellationToken)))
            {
                if (found is { } moment && moment > rest.From && moment <= rest.UpTo)
                {
                    yield return (new ModifiedRange { From = rest.From, Before = moment }, offset - begin);
                    (rest, begin) = (rest with { From = moment }, offset);
                }
            }

            if (begin == 0)
            {
                // All of them lie in one second.
                var next = rest.From!.Value.AddSeconds(1);
                begin = offsets[^1];
                yield return (new ModifiedRange { From = rest.From, Before = next }, begin);
                rest = rest with { From = next };
            }

            rows -= begin;
        }

        yield return (rest, rows);
    }

    /// <summary>When the cards at these offsets were modified, as far as the portal shows; only a hint.</summary>
    private async Task<List<DateTimeOffset?>> MomentsAsync(ModifiedRange range, List<int> offsets, CancellationToken cancellationToken)
    {
        return await client.BatchAsync(offsets.ConvertAll(offset => table.Moments(range, offset)), Read, cancellationToken);

        static List<DateTimeOffset?> Read(BatchAnswer batch) =>
            [.. batch.Commands.Select(command => command.Result.Rows() is [var first, ..] ? first.Member(CardTable.Modified).Timestamp() : null)];
    }

    private static int WholePages(long rows) => (int)((rows + (CardTable.PageSize / 2)) / CardTable.PageSize * CardTable.PageSize);
}
