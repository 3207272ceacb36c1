using Azure;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// What goes wrong at the storage: an outage, an answer that is lost and the call repeated by the SDK, a call that is carried
/// out after the process gave it up, and death before or after a call.
/// </summary>
internal sealed class StorageFaults(SimulatedWorld world)
{
    /// <summary>How long the SDK tries.</summary>
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(64);

    private int outage;
    private bool isOn = true;

    private Dictionary<SyncJob, SimulatedRun>? callers;

    /// <summary>The run of this job that the call which is being carried out may be from; it may have ended long ago.</summary>
    public SimulatedRun? CallerOf(SyncJob job) => callers?.GetValueOrDefault(job);

    public void Stop() => isOn = false;

    public async Task AroundAsync(SimulatedProcess process, string name, Action carryOut)
    {
        if (process.IsDead)
        {
            await SimulatedProcess.ForeverAsync();
        }

        var runs = new Dictionary<SyncJob, SimulatedRun>(process.Runs);
        await world.LatencyAsync(CancellationToken.None);
        if (outage > 0 && isOn)
        {
            outage--;
            throw Failure(process);
        }

        if (!isOn || world.Random.NextDouble() >= world.Climate.StorageFaults)
        {
            CarryOut();
            return;
        }

        var kind = name == "transaction" && world.Chance(0.3) ? 6 : world.Random.Next(9);
        world.Trace.Add($"{process} storage fault {kind} at {name}");
        switch (kind)
        {
            case 0:
                outage = world.Random.Next(1, 12);
                throw Failure(process);
            case 1:
                throw Failure(process);
            case 2:
                CarryOut();
                throw Failure(process);
            case 3 or 4:
                CarryOut();
                CarryOut(); // the answer was lost and the SDK asks again
                break;
            case 5:
                await Task.Delay(TimeSpan.FromSeconds(world.Random.Next(1, 20)), world.Time);
                CarryOut();
                break;
            case 6:
                world.Time.Outside(() => _ = LaterAsync());
                await Task.Delay(GivesUpAfter, world.Time);
                throw Failure(process);
            case 7:
                process.Die();
                await SimulatedProcess.ForeverAsync();
                break;
            default:
                CarryOut();
                process.Die();
                await SimulatedProcess.ForeverAsync();
                break;
        }

        async Task LaterAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(world.Random.Next(30, 200)), world.Time);
            world.Trace.Add($"{process} late: {name}");
            CarryOut();
        }

        void CarryOut()
        {
            callers = runs;
            carryOut();
            callers = null;
        }
    }

    private RequestFailedException Failure(SimulatedProcess process)
    {
        foreach (var run in process.Runs.Values)
        {
            world.Time.Outside(() => run.StorageFailed.TrySetResult());
        }

        return world.Random.Next(2) == 0 ? new(0, "The connection broke.") : new(503, "Busy", "ServerBusy", null);
    }
}
