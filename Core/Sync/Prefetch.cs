using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace B24Otmechalka.Core.Sync;

/// <summary>Lets a producer run ahead of its consumer, within bounds.</summary>
internal static class Prefetch
{
    /// <summary>
    /// The same items in the same order, produced while the consumer is at the earlier ones: at most
    /// <paramref name="count"/> wait. A failure comes after all items before it. When the consumer leaves, the producer is
    /// cancelled and has ended.
    /// </summary>
    public static async IAsyncEnumerable<T> AheadAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> produce, int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(count) { SingleReader = true, SingleWriter = true });
        var pump = PumpAsync();
        try
        {
            // Not ReadAllAsync: it leaves the synchronisation context, on which tests under virtual time depend. Not
            // cancelled here: what has been produced is still given.
            while (await channel.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (channel.Reader.TryRead(out var item))
                {
                    yield return item;
                }
            }
        }
        finally
        {
            stop.Cancel(); // not CancelAsync: it leaves the synchronisation context too
            await pump;
        }

        async Task PumpAsync()
        {
            try
            {
                await foreach (var item in produce(stop.Token))
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
