using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using Xunit;

namespace B24Otmechalka.Core.Tests.Benchmarks;

/// <summary>The targets for requests, which are the same on every machine. Times are the benchmark's matter.</summary>
public sealed class RequestCountTests
{
    private static readonly DateTimeOffset Modified = World.Start.AddHours(-2);

    [Fact]
    public void SyncContacts_ThousandNew_CostAtMostSixtyRequestsAndThenOne()
    {
        var world = WithContacts(1_000);

        var report = world.SyncContacts();

        Assert.Equal((1_000, 1_000), (report.Created, report.StatusesWritten));
        Assert.InRange(report.Bitrix24Requests, 1, 60);
        AssertSettled(world, SyncJob.Contacts);
    }

    [Fact]
    public void SyncDeals_ThousandOfThirtySellers_CostAtMostNinetyRequestsAndThenOne()
    {
        var world = WithContacts(100);
        Assert.Equal(100, world.SyncContacts().Created);
        AddDeals(world, 1_000);

        var report = world.SyncDeals();

        Assert.Equal((1_000, 1_000), (report.Created, report.StatusesWritten));
        Assert.InRange(report.Bitrix24Requests, 1, 90);
        AssertSettled(world, SyncJob.Deals);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(120)]
    [InlineData(10)]
    public void SyncContacts_FiveHundredOfManyChanged_CostAtMostThreeRequests(int inTheFirstSecond)
    {
        var world = WithContacts(2_000);
        world.SyncContacts();
        world.Time.Advance(TimeSpan.FromMinutes(6));
        world.SyncContacts();
        for (var id = 1; id <= 500; id++)
        {
            world.Contacts.Edit(id * 4, [Field("UF_CRM_1608028374", "Лев")]);
            world.Time.Advance(TimeSpan.FromSeconds(id == inTheFirstSecond ? 1 : 0));
        }

        var report = world.SyncContacts();

        Assert.Equal((500, 0), (report.Updated, report.StatusesWritten));
        Assert.InRange(report.Bitrix24Requests, 1, 3);
        Assert.Equal(500, report.OtmechalkaRequests);
    }

    private static void AssertSettled(World world, SyncJob job)
    {
        world.Time.Advance(TimeSpan.FromSeconds(30));
        world.Sync(job); // sees its own statuses
        world.Table.Calls = 0;

        var settled = world.Sync(job);

        Assert.Equal((1, 0, 0), (settled.Bitrix24Requests, settled.OtmechalkaRequests, settled.StatusesWritten));
        Assert.Equal(3, world.Table.Calls);
    }

    private static World WithContacts(int count)
    {
        var world = World.Empty();
        world.Crms.Bitrix24Endpoint.Journal.Capacity = 0;
        for (var i = 0; i < count; i++)
        {
            world.Contacts.Add(
                [
                    Field("NAME", "Иван"),
                    Field("LAST_NAME", "Петров"),
                    Field("UF_CRM_57AD7FAF7E6C4", "Петров"),
                    Field("UF_CRM_1608028374", "Василий"),
                    Field("UF_CRM_58D15BB9CA8F4", "410"),
                    Field("PHONE", $"8926{1_000_000 + i}"),
                ],
                i + 1,
                Modified,
                Modified.AddSeconds(i / 3)
            );
        }

        return world;
    }

    private static void AddDeals(World world, int count)
    {
        for (var seller = 0; seller < 30; seller++)
        {
            world.Portal.SetUser(new PortalUser(100 + seller, "Андрей", "Сергеев"));
        }

        for (var i = 0; i < count; i++)
        {
            var id = world.Deals.Add(
                [
                    Field("STAGE_ID", "WON"),
                    Field("CONTACT_ID", $"{(i % 100) + 1}"),
                    Field("ASSIGNED_BY_ID", $"{100 + (i * 7 % 30)}"),
                    Field("UF_CRM_58D1057919A6F", "2020-12-13"),
                    Field("UF_CRM_1470852549", "186"),
                    Field("UF_CRM_1490347942", "450"),
                ],
                i + 1,
                Modified,
                Modified.AddSeconds(i / 3)
            );
            world.Portal.ImportProductRows(id, new ProductRow("8 занятий групповые 60 мин", 9000, 9500, 500));
        }
    }

    private static KeyValuePair<string, object?> Field(string name, object? value) => new(name, value);
}
