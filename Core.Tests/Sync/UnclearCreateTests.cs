using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;
using static B24Otmechalka.Core.Tests.Testing.TestCards;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Sync;

/// <summary>
/// A create without an answer may be carried out yet: nothing sends the record again before that is over (docs/spec.md, section 6,
/// invariant 2).
/// </summary>
public sealed class UnclearCreateTests
{
    private readonly World world = World.Empty();
    private readonly List<DateTimeOffset> creates = [];

    public UnclearCreateTests() =>
        Otmechalka.OnRequest = request =>
        {
            if (request.Operation == "POST clients")
            {
                creates.Add(world.Time.GetUtcNow());
            }
        };

    private CrmEndpoint Otmechalka => world.Crms.OtmechalkaEndpoint;

    [Theory]
    [InlineData(504)]
    [InlineData(502)]
    [InlineData(520)] // and the others that networks in front of servers have made up
    [InlineData(522)]
    [InlineData(524)]
    [InlineData(599)]
    [InlineData(507)]
    [InlineData(202)] // in a queue
    [InlineData(203)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(226)]
    public void Run_CreateMayBeCarriedOutLater_RemembersItAndWaits(int status)
    {
        var id = world.AddContact();
        Otmechalka.FaultOf = request => request.Operation == "POST clients" ? Fault.Answer(status, "<html>", "text/html") : null;

        var report = world.SyncContacts();

        Assert.Equal((RunOutcome.Interrupted, RecordOutcome.Unclear), (report.Outcome, world.Entry(SyncJob.Contacts, id)!.Outcome));
        AssertWaits(id);
    }

    [Fact]
    public void Run_SearchAfterTheCreateFailsToo_RemembersItAndWaits()
    {
        var id = world.AddContact();
        var isDown = false;
        Otmechalka.FaultOf = request => isDown || (isDown = request.Operation == "POST clients") ? Fault.DropBeforeCommit : null;

        Assert.Equal(RunOutcome.Interrupted, world.SyncContacts().Outcome);

        AssertWaits(id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_RecordChangesMeanwhile_WaitsAllTheSame(bool isInvalidInBetween)
    {
        var id = world.AddContact();
        Otmechalka.FaultOf = request => request.Operation == "POST clients" ? Fault.Hang : null;
        world.SyncContacts();
        if (isInvalidInBetween)
        {
            world.EditContact(id, ("PHONE", "нет"));
            world.SyncContacts();
            world.EditContact(id, ("PHONE", "8 (926) 123-45-67"));
        }

        world.EditContact(id, (StudentFirstName, "Пётр"));

        AssertWaits(id);
        Assert.Contains("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RecordChangesInTheRunThatTriesItAgain_IsNotCreatedTwiceInIt()
    {
        var id = world.AddContact();
        Otmechalka.FaultOf = request => request.Operation == "POST clients" ? Fault.Hang : null;
        world.SyncContacts();
        creates.Clear();
        Otmechalka.OnRequest += request => world.EditContact(id, (StudentFirstName, "Пётр"));

        world.SyncContacts();
        Otmechalka.OnRequest = request => creates.AddRange(request.Operation == "POST clients" ? [world.Time.GetUtcNow()] : []);

        Assert.Single(creates);
        AssertWaits(id);
        Assert.Contains("Пётр", world.Crms.Otmechalka.Store.FindClient(Text(id))!.Json, StringComparison.Ordinal);
    }

    private void AssertWaits(long id)
    {
        Otmechalka.FaultOf = null;
        world.SyncContacts();
        Assert.InRange(creates[^1] - creates[0], TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(75));
        Assert.Equal((1, "Успешно"), (world.Crms.Otmechalka.Store.CountClients(Text(id)), world.ContactStatus(id)));
    }
}
