using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// One seed's world: both CRMs, the storage, what goes wrong, who works with it, and who watches. It has no state outside itself.
/// </summary>
internal sealed class SimulatedWorld
{
    /// <summary>A seed that takes more is stuck.</summary>
    private const int MostSteps = 400_000;

    private int steps;

    public SimulatedWorld(int seed)
    {
        Random = new Random(seed);
        Climate = new Climate(Random);
        Time = new VirtualTime(Testing.World.Start) { Choose = Choose };
        Trace = new Trace(Time);
        Crms = SampleData.CreateEmpty(Time);
        Crms.Bitrix24Endpoint.Journal.Capacity = Crms.OtmechalkaEndpoint.Journal.Capacity = 0;
        Crms.Portal.Options.ProductRowsMoveDateModify = Climate.RowsMoveDeals;
        Table = new MemoryTable(Time);
        Storage = new StorageFaults(this);
        Http = new HttpFaults(this);
        People = new People(this);
        Housekeeping = new Housekeeping(this, seed);
        Watch = new Watch(this);
    }

    public Random Random { get; }

    public Climate Climate { get; }

    public VirtualTime Time { get; }

    public Trace Trace { get; }

    public SandboxCrms Crms { get; }

    public MemoryTable Table { get; }

    public StorageFaults Storage { get; }

    public HttpFaults Http { get; }

    public People People { get; }

    public Housekeeping Housekeeping { get; }

    public Watch Watch { get; }

    /// <summary>Which mapping the operator has configured.</summary>
    public int Variant { get; set; }

    public Settings Settings => Rules.Of(Variant, Climate, true, Crms.WebhookUrl.AbsoluteUri);

    public EntityStore Cards(SyncJob job) => job == SyncJob.Contacts ? Crms.Portal.Contacts : Crms.Portal.Deals;

    public bool Chance(double chance) => Random.NextDouble() < chance;

    public TimeSpan Seconds(int most) => TimeSpan.FromMilliseconds(Random.Next(most * 1000));

    /// <summary>The network's time.</summary>
    public Task LatencyAsync(CancellationToken cancellationToken) =>
        Climate.Latency > TimeSpan.Zero ? Task.Delay(Climate.Latency * Random.NextDouble(), Time, cancellationToken) : Task.CompletedTask;

    private int Choose(int count)
    {
        if (++steps > MostSteps)
        {
            throw new TimeoutException("The simulation does not end.");
        }

        return count == 1 ? 0 : Random.Next(count);
    }
}
