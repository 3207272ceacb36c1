using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace B24Otmechalka.Functions;

/// <summary>
/// The ticks that are running now. When the worker is told to end it waits for them: they have been cancelled then and store
/// what they have done, give the job's lease back and log how they ended. Without that each deployment is a kill.
/// </summary>
public sealed class RunningTicks(TimeProvider time) : IHostedService
{
    /// <summary>
    /// How long the end of the worker waits at most. The Functions host kills a worker five seconds after it has told it to end;
    /// the last of these is for the telemetry that is still to be sent.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<TaskCompletionSource, byte> ticks = new();

    /// <summary>A tick begins; it ends when the result is disposed.</summary>
    public IDisposable Begin()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ticks[end] = 0;
        return new Ending(() =>
        {
            ticks.TryRemove(end, out _);
            end.SetResult();
        });
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the running ticks, but not longer than <see cref="LongestWait"/>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(ticks.Keys.Select(tick => tick.Task)).WaitAsync(LongestWait, time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // Killed a moment later, the run is one that died: its lease frees itself, and the next run goes on from what is stored.
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
