using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace B24Otmechalka.Core.Http;

/// <summary>
/// Ways to wait that stay in the synchronisation context of the caller, where the framework's own shortcuts leave it. In production there
/// is no such context and it makes no difference; tests under virtual time run everything in one, so that a run is the same each time.
/// </summary>
internal static class SameContext
{
    /// <summary>
    /// Waits until the task has ended, however it did. (Instead of a bare <c>ConfigureAwait</c>, which would leave the context.)
    /// </summary>
    public static ConfiguredTaskAwaitable WhenEndedAsync(this Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    /// <summary>Signals the token. (Instead of <c>CancelAsync</c>, which signals from the thread pool.)</summary>
    public static void CancelHere(this CancellationTokenSource source) => source.Cancel();

    /// <summary>All items of the channel as they come. (Instead of <c>ReadAllAsync</c>, which leaves the context.)</summary>
    public static async IAsyncEnumerable<T> ItemsAsync<T>(this ChannelReader<T> reader)
    {
        while (await reader.WaitToReadAsync(CancellationToken.None))
        {
            while (reader.TryRead(out var item))
            {
                yield return item;
            }
        }
    }
}
