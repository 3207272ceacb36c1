using System.Globalization;
using System.Text.Json;
using Azure;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// The process dies, or a call fails, at each single call to a CRM or to the table, before and after it was carried out: the
/// next runs end where an undisturbed one does, with one client and one ticket for each record (docs/spec.md, section 6).
/// </summary>
public sealed class CrashTests
{
    private const int MostCalls = 400;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ProcessDiesAtAnyCall_EndsLikeAnUndisturbedRun(bool afterTheCall)
    {
        var clean = CleanRun(out var calls);
        Assert.InRange(calls, 30, MostCalls);
        for (var k = 1; k <= calls; k++)
        {
            var world = Arrange();
            var counter = new CallCounter(world, k, afterTheCall, CallCounter.Way.Die);

            Assert.Throws<ProcessDiedException>(() => RunBoth(world));
            counter.Stop();
            AssertCheckpointHasOutcomes(world, k);
            world.Time.Advance(TimeSpan.FromSeconds(90)); // the dead owner's locks are free by now
            RunBoth(world);
            Settle(world);

            AssertSame(clean, Snapshot(world), $"death at call {k}: {counter.Failed}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_ConnectionBreaksAtAnyCall_EndsLikeAnUndisturbedRun(bool afterTheCall)
    {
        var clean = CleanRun(out var calls);
        for (var k = 1; k <= calls; k++)
        {
            var world = Arrange();
            var counter = new CallCounter(world, k, afterTheCall, CallCounter.Way.Break);

            RunBoth(world);
            counter.Stop();
            AssertCheckpointHasOutcomes(world, k);
            world.Time.Advance(TimeSpan.FromSeconds(90));
            RunBoth(world);
            Settle(world);

            AssertSame(clean, Snapshot(world), $"break at call {k}: {counter.Failed}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_SystemStaysDownFromAnyCallOn_EndsLikeAnUndisturbedRun(bool afterTheCall)
    {
        var clean = CleanRun(out var calls);
        for (var k = 1; k <= calls; k += 2)
        {
            var world = Arrange();
            var counter = new CallCounter(world, k, afterTheCall, CallCounter.Way.StayBroken);

            RunBoth(world);
            counter.Stop();
            AssertCheckpointHasOutcomes(world, k);
            world.Time.Advance(TimeSpan.FromSeconds(90));
            RunBoth(world);
            Settle(world);

            AssertSame(clean, Snapshot(world), $"down from call {k}: {counter.Failed}");
        }
    }

    private static string CleanRun(out int calls)
    {
        var world = Arrange();
        var counter = new CallCounter(world, int.MaxValue, false, CallCounter.Way.Break);
        RunBoth(world);
        calls = counter.Calls;
        counter.Stop();
        Settle(world);
        return Snapshot(world);
    }

    /// <summary>Contacts of every kind and their deals.</summary>
    private static World Arrange()
    {
        var world = World.Empty();
        long[] contacts =
        [
            Later(world.AddContact()),
            Later(world.AddContact((StudentFirstName, "Анна"))),
            Later(world.AddContact(("PHONE", "нет"))),
            Later(world.AddContact((Product, List("406")))),
        ];
        Later(world.AddDeal(contacts[0]));
        Later(world.AddDeal(contacts[1], (Branch, List("12706"))));
        Later(world.AddDeal(contacts[2]));
        Later(world.AddDeal(contacts[0], (SellingDate, null)));
        return world;

        long Later(long id)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            return id;
        }
    }

    private static void RunBoth(World world)
    {
        world.SyncContacts();
        world.SyncDeals();
    }

    private static void Settle(World world)
    {
        for (var i = 0; i < 4; i++)
        {
            world.Time.Advance(TimeSpan.FromHours(5)); // whatever waits has its turn
            RunBoth(world);
        }
    }

    /// <summary>What people see in the end: both CRMs, and the outcomes in the ledger.</summary>
    private static string Snapshot(World world) =>
        JsonSerializer.Serialize(
            new
            {
                Clients = world.Crms.Otmechalka.Store.Clients.Select(client => client.Json).Order(),
                Tickets = world.Crms.Otmechalka.Store.Tickets.Select(ticket => ticket.Json).Order(),
                world.Crms.Otmechalka.Store.Doubles,
                Contacts = world.Contacts.Ids.Select(id =>
                    (world.ContactStatus(id), world.Entry(SyncJob.Contacts, id)?.Outcome).ToString()
                ),
                Deals = world.Deals.Ids.Select(id => (world.DealStatus(id), world.Entry(SyncJob.Deals, id)?.Outcome).ToString()),
            }
        );

    private static void AssertSame(string clean, string found, string when) =>
        Assert.True(clean == found, $"{when}\nexpected {clean}\nfound    {found}");

    /// <summary>The checkpoint has passed a record only when its outcome is stored (invariant 5).</summary>
    private static void AssertCheckpointHasOutcomes(World world, int k)
    {
        foreach (var (job, store) in new[] { (SyncJob.Contacts, world.Contacts), (SyncJob.Deals, world.Deals) })
        {
            if (world.State(job)?.Checkpoint is { } checkpoint)
            {
                // Those of the checkpoint's own second may follow.
                var passed = store.Ids.Where(id => Added(store, id) < checkpoint);
                Assert.All(passed, id => Assert.True(world.Entry(job, id) is not null, $"call {k}: {job} {id}"));
            }
        }
    }

    private static DateTimeOffset Added(EntityStore store, long id) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(store.Text(id, "DATE_CREATE")!, CultureInfo.InvariantCulture));

    /// <summary>Counts the calls to both CRMs and the table, and lets one of them go wrong.</summary>
    private sealed class CallCounter
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
}
