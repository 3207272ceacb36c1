using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// A change that is taken back while the run that sent it was disturbed: otmechalka may hold the change although the ledger has not learnt
/// of it, and gets the former values again.
/// </summary>
public sealed class TakenBackTests
{
    /// <summary>Each way in which a call goes wrong, before and after it was carried out; for cards and for the mapping.</summary>
    public static TheoryData<int, bool, bool> Disturbances()
    {
        var data = new TheoryData<int, bool, bool>();
        foreach (var way in Enum.GetValues<CallCounter.Way>())
        {
            foreach (var (after, byMapping) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                data.Add((int)way, after, byMapping);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Disturbances))]
    public void Update_DisturbedAtAnyCallAndTakenBack_LeavesTheFormerValues(int way, bool after, bool byMapping)
    {
        var world = Arrange(out var contacts);
        var before = Held(world, contacts);
        var counter = new CallCounter(world, int.MaxValue, false, CallCounter.Way.Break);
        Set(world, contacts, byMapping, isChanged: true);
        world.SyncContacts();
        var calls = counter.Calls;
        Assert.All(Held(world, contacts).Zip(before), pair => Assert.NotEqual(pair.Second, pair.First));

        for (var k = 1; k <= calls; k++)
        {
            world = Arrange(out contacts);
            Set(world, contacts, byMapping, isChanged: true);
            counter = new CallCounter(world, k, after, (CallCounter.Way)way);
            Disturbed(world);
            counter.Stop();
            Set(world, contacts, byMapping, isChanged: false);
            world.Time.Advance(TimeSpan.FromSeconds(90)); // a dead owner's lease is free by now
            world.SyncContacts();

            var when = $"{(CallCounter.Way)way} at call {k}: {counter.Failed}";
            Assert.True(before.SequenceEqual(Held(world, contacts)), when);
            Assert.All(contacts, id => Assert.Equal("Успешно", world.ContactStatus(id)));
            Assert.True(world.SyncContacts() is { OtmechalkaRequests: 0, StatusesWritten: 0 }, when);
        }
    }

    [Fact]
    public void Update_OfARefusedRecordWhoseRunDiesTakenBack_DoesNotStay()
    {
        for (var k = 1; k <= 12; k++)
        {
            var world = World.Empty();
            var id = world.AddContact();
            world.Crms.Otmechalka.RefusalOf = (_, _) => new JsonObject { ["phone"] = new JsonArray("Занят.") };
            for (var i = 0; i < 6; i++) // its next try is hours away
            {
                world.Time.Advance(TimeSpan.FromHours(5));
                world.SyncContacts();
            }

            world.Crms.Otmechalka.RefusalOf = (_, _) => null;
            Set(world, [id], byMapping: false, isChanged: true);
            var counter = new CallCounter(world, k, after: true, CallCounter.Way.Die);
            Disturbed(world);
            counter.Stop();
            Set(world, [id], byMapping: false, isChanged: false);
            world.Time.Advance(TimeSpan.FromSeconds(90));
            world.SyncContacts();

            var held = world.Crms.Otmechalka.Store.FindClient(Text(id))?.Json ?? "";
            Assert.False(held.Contains("Сидоров", StringComparison.Ordinal), $"death at call {k}: {counter.Failed}");
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void StartDate_LaterInARunDisturbedAtAnyCallAndTakenBack_SkipsNothing(int way, bool after)
    {
        var counter = new CallCounter(AddOne(), int.MaxValue, false, CallCounter.Way.Break);
        Disturbed(counter.World.With("SYNC_START_DATE", "2020-12-26"));

        for (var k = 1; k <= counter.Calls; k++)
        {
            var world = AddOne().With("SYNC_START_DATE", "2020-12-26");
            var disturbed = new CallCounter(world, k, after, (CallCounter.Way)way);
            Disturbed(world);
            disturbed.Stop();
            world.Time.Advance(TimeSpan.FromHours(1)); // whatever waits has its turn
            world.With("SYNC_START_DATE", "2020-12-20").SyncContacts();

            Assert.All(world.Contacts.Ids, id => Assert.True(world.ContactStatus(id) == "Успешно", $"call {k}: {disturbed.Failed}"));
        }
    }

    /// <summary>Two contacts were delivered, one was refused, one was just added.</summary>
    private static World AddOne()
    {
        var world = Arrange(out _);
        world.Crms.Otmechalka.RefusalOf = (_, _) => new JsonObject { ["phone"] = new JsonArray("Занят.") };
        world.AddContact((StudentFirstName, "Мария"));
        for (var i = 0; i < 3; i++)
        {
            world.SyncContacts();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        world.Crms.Otmechalka.RefusalOf = (_, _) => null;
        world.AddContact((StudentFirstName, "Пётр"));
        return world;
    }

    private static void Disturbed(World world)
    {
        try
        {
            world.SyncContacts();
        }
        catch (ProcessDiedException)
        {
            // As a process dies: nothing after it is done.
        }
    }

    private static World Arrange(out long[] contacts)
    {
        var world = World.Empty();
        contacts = [world.AddContact(), world.AddContact((StudentFirstName, "Анна"))];
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(5));
        return world;
    }

    private static void Set(World world, long[] contacts, bool byMapping, bool isChanged)
    {
        if (byMapping)
        {
            world.With("Mapping:Contact:Routes:0:BranchOffice", isChanged ? "2634" : "2633");
            return;
        }

        foreach (var id in contacts)
        {
            world.EditContact(id, (StudentLastName, isChanged ? "Сидоров" : "Петров"));
        }
    }

    private static string[] Held(World world, long[] contacts) =>
        [.. contacts.Select(id => world.Crms.Otmechalka.Store.FindClient(Text(id))!.Json)];
}
