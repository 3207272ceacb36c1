using System.Globalization;
using System.Text.Json;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24.Records;
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
}
