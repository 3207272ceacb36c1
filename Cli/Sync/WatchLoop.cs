namespace B24Otmechalka.Cli.Sync;

/// <summary>The timer of <c>--watch</c>: a round every interval, the next at once when one took longer.</summary>
internal sealed class WatchLoop(TimeSpan interval, TimeProvider time)
{
    /// <summary>
    /// Goes on until it is cancelled, or a round fails for a reason that needs a person. A system that is unavailable, or a
    /// lease that is held, may be better in the next round.
    /// </summary>
    /// <param name="round">One round; gives its exit code.</param>
    /// <param name="rest">Waits until the next one.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task<int> RunAsync(
        Func<Task<int>> round,
        Func<DateTimeOffset, CancellationToken, Task> rest,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var next = time.GetUtcNow() + interval;
            var code = await round();
            if (code is not (ExitCode.Done or ExitCode.Unavailable or ExitCode.Locked))
            {
                return code;
            }

            if (next > time.GetUtcNow())
            {
                await rest(next, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Cancelled;
            }
        }
    }
}
