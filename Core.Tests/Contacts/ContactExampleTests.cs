using System.Globalization;
using System.Text.Json;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Contacts;

/// <summary>The worked contact examples of the specification, byte for byte.</summary>
public sealed class ContactExampleTests
{
    public static TheoryData<int> All => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(All))]
    public void Sync_RowExactlyAsInTheExample_SendsTheClientByteForByte(int number)
    {
        var example = Examples.Contacts[number];
        var row = example.GetProperty("crm.contact.list row");
        var world = World.Empty();
        var id = IdOf(example);
        world.Contacts.Add([], id);
        world.Crms.Bitrix24Endpoint.FaultOf = request =>
            request.Operation == "crm.contact.list" ? Fault.Answer(200, Examples.Answer($"[{row.OneLine()}]")) : null;

        var report = world.SyncContacts();

        Assert.Equal(RunOutcome.Completed, report.Outcome);
        AssertSent(world, example.GetProperty("client"), id);
        AssertStatus(world.ContactStatus(id), number);
    }

    [Fact]
    public void Sync_SampleDataOfThePortal_SendsTheExamplesByteForByte()
    {
        var world = World.Sample();

        world.SyncContacts();

        for (var number = 0; number < Examples.Contacts.Count; number++)
        {
            var example = Examples.Contacts[number];
            var id = IdOf(example);
            AssertSent(world, example.GetProperty("client"), id);
            AssertStatus(world.ContactStatus(id), number);
        }
    }

    private static long IdOf(JsonElement example) =>
        long.Parse(example.GetProperty("crm.contact.list row").GetProperty("ID").GetString()!, CultureInfo.InvariantCulture);

    private static void AssertSent(World world, JsonElement client, long id)
    {
        var sent = world.Sent("POST clients").Where(body => body.Contains($"\"{id}\"", StringComparison.Ordinal));
        if (client.ValueKind == JsonValueKind.Null)
        {
            Assert.Empty(sent);
        }
        else
        {
            Assert.Equal(client.OneLine(), Assert.Single(sent));
        }
    }

    private static void AssertStatus(string? status, int number)
    {
        if (number < 3)
        {
            Assert.Equal("Успешно", status);
        }
        else
        {
            Assert.All(
                [ContactTexts.ParentLastName, ContactTexts.StudentFirstName, ContactTexts.WrongPhone, ContactTexts.WrongBirthdate],
                text => Assert.Contains(text, status, StringComparison.Ordinal)
            );
            Assert.DoesNotContain('\n', status!);
        }
    }
}
