using System.Runtime.CompilerServices;
using System.Threading.Channels;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>Lets a reader run ahead of those who work on what it has read, within bounds.</summary>
internal static class ReadAhead
{
    /// <summary>
    /// The same items in the same order, read while the consumer is at the earlier ones: at most <paramref name="count"/> wait. A failure
    /// comes after all items before it. When the consumer leaves, the reader is cancelled and has ended.
    /// </summary>
    public static async IAsyncEnumerable<T> ReadAheadAsync<T>(
        this IAsyncEnumerable<T> items,
        int count,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(count) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync();
        try
        {
            // Not cancelled here: what has been read is still given.
            await foreach (var item in channel.Reader.ItemsAsync())
            {
                yield return item;
            }
        }
        finally
        {
            stop.CancelHere();
            await reading;
        }

        async Task ReadAsync()
        {
            try
            {
                await foreach (var item in items.WithCancellation(stop.Token))
                {
                    await channel.Writer.WriteAsync(item, stop.Token);
                }

                channel.Writer.TryComplete();
            }
            catch (Exception error)
            {
                channel.Writer.TryComplete(error);
            }
        }
    }
}
