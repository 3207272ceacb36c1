using Azure;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>Counts the calls to both CRMs and the table, and lets one of them go wrong.</summary>
internal sealed class CallCounter
{
    private readonly World world;
    private readonly int at;
    private readonly bool after;
    private readonly Way way;
    private string? system;
    private bool stopped;
    private bool isDead;
    private bool dies;

    public CallCounter(World world, int at, bool after, Way way)
    {
        (this.world, this.at, this.after, this.way) = (world, at, after, way);
        world.Crms.Bitrix24Endpoint.FaultOf = request => Http("Bitrix24 " + request.Operation);
        world.Crms.OtmechalkaEndpoint.FaultOf = request => Http("otmechalka " + request.Operation);
        world.Table.OnCall = BeforeTableAsync;
        world.Table.OnAnswer = AfterTableAsync;
    }

    public enum Way
    {
        Die,
        Break,
        StayBroken,
    }

    public World World => world;

    public int Calls { get; private set; }

    public string? Failed { get; private set; }

    public void Stop()
    {
        stopped = true;
        world.Crms.Bitrix24Endpoint.OnAnswer = world.Crms.OtmechalkaEndpoint.OnAnswer = null;
    }

    private bool IsBroken(string call)
    {
        if (stopped || ++Calls < at)
        {
            return false;
        }

        if (Calls == at)
        {
            (Failed, system) = (call, call.Split(' ')[0]);
            return true;
        }

        return way == Way.StayBroken && call.StartsWith(system!, StringComparison.Ordinal);
    }

    private void Die()
    {
        isDead = true;
        world.Time.Kill();
    }

    private Fault? Http(string call)
    {
        if (isDead && !stopped)
        {
            return Fault.Hang; // the dead call nobody
        }

        if (!IsBroken(call))
        {
            return null;
        }

        if (way != Way.Die)
        {
            return after ? Fault.DropAfterCommit : Fault.DropBeforeCommit;
        }

        if (!after)
        {
            Die();
            return Fault.Hang;
        }

        world.Crms.Bitrix24Endpoint.OnAnswer = world.Crms.OtmechalkaEndpoint.OnAnswer = (_, _) => Die();
        return Fault.HangAfterCommit;
    }

    private async Task<Exception?> BeforeTableAsync(string name)
    {
        var isBroken = !(isDead && !stopped) && IsBroken("storage " + name);
        if (isBroken && way != Way.Die)
        {
            var failure = new RequestFailedException(0, "The connection broke.");
            return after ? failure : throw failure;
        }

        dies = isBroken && after;
        if (isBroken && !after)
        {
            Die();
        }

        if (isDead && !stopped)
        {
            await new TaskCompletionSource().Task;
        }

        return null;
    }

    private async Task AfterTableAsync(string name)
    {
        if (dies)
        {
            dies = false;
            Die();
            await new TaskCompletionSource().Task;
        }
    }
}
