using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// A process of the service: its own clock, secrets, memory and connections. It dies when its lives are used up: each piece of
/// its work between two awaits is one.
/// </summary>
internal sealed class SimulatedProcess
{
    private static readonly AsyncLocal<SyncJob?> JobOfFlow = new();

    private readonly SimulatedWorld world;
    private readonly SynchronizationContext context;
    private readonly TaskCompletionSource death = new();
    private readonly ServiceProvider services;
    private int lives;
    private int owners;

    public SimulatedProcess(SimulatedWorld world, int number, int lives, TimeSpan skew)
    {
        (this.world, this.lives, Number) = (world, lives, number);
        context = world.Time.CreateContext(MayRun);
        Token = $"secret{number}";
        world.Crms.Portal.AddWebhook(new(1, Token));
        var table = world.Table.Client();
        table.Around = (name, carryOut) => world.Storage.AroundAsync(this, name, carryOut);
        services = Build(table, new SkewedTime(world.Time, skew));
    }

    public int Number { get; }

    /// <summary>The webhook's token, by which the portal knows the process.</summary>
    public string Token { get; }

    public bool IsDead { get; private set; }

    /// <summary>Ends when the process dies.</summary>
    public Task Death => death.Task;

    /// <summary>The job that the calling code works for; both run in one process.</summary>
    public static SyncJob? CurrentJob => JobOfFlow.Value;

    /// <summary>The runs of the two jobs that go on in it.</summary>
    public Dictionary<SyncJob, SimulatedRun> Runs { get; } = [];

    /// <summary>Which process asks: noted where a request leaves, because library code does not carry it.</summary>
    public override string ToString() => $"p{Number}";

    /// <summary>Starts a job, as a timer does.</summary>
    public Task<RunReport> Start(SyncJob job, CancellationToken cancellationToken)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        JobOfFlow.Value = job;
        try
        {
            return services.GetRequiredService<SyncRunner>().RunAsync(job, cancellationToken);
        }
        finally
        {
            JobOfFlow.Value = null;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Nothing of it runs any more, and nobody hears from it again.</summary>
    public void Die()
    {
        if (!IsDead)
        {
            IsDead = true;
            world.Trace.Add($"{this} dies");
            world.Time.Outside(() => death.TrySetResult());
        }
    }

    /// <summary>What a dead process waits for.</summary>
    public static Task ForeverAsync() => new TaskCompletionSource().Task;

    private bool MayRun()
    {
        if (!IsDead && --lives <= 0)
        {
            Die();
        }

        return !IsDead;
    }

    private ServiceProvider Build(TableClient table, TimeProvider clock)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton(clock);
        collection.AddSingleton(new Jitter(new Random(Number)));
        collection.AddSingleton(new OwnerNames(() => $"process {Number} owner {++owners}"));
        collection.AddSingleton(table);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(world.Watch.Logs));
        collection.AddB24Otmechalka(
            Rules.Of(world.Variant, world.Climate, world.Watch.IsCalm, $"https://{SandboxCrms.Bitrix24Host}/rest/1/{Token}/")
        );
        foreach (var system in new[] { RequestMeter.Bitrix24, RequestMeter.Otmechalka })
        {
            collection.AddHttpClient(system).UseVirtualTime(world.Time, () => new SimulatedHttp(world, this));
        }

        return collection.BuildServiceProvider();
    }
}
