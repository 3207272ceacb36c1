using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

public sealed class WindowReaderTests
{
    private static readonly DateTimeOffset First = World.Start.AddDays(-1);

    [Theory]
    [InlineData(50, 2)]
    [InlineData(500, 3)]
    [InlineData(2_650, 3)]
    [InlineData(12_500, 8)]
    public void ReadAsync_ManyCards_ReadsAllInOrderInFewRequests(int count, int requests)
    {
        var world = Portal(count, i => i / 3);

        var cards = Read(world);

        AssertComplete(world, cards);
        Assert.Equal(requests, world.Crms.Bitrix24Endpoint.Traffic.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(2_400)]
    public void ReadAsync_AsManyAsExpected_IsOneRequest(int expected)
    {
        var world = Portal(expected, i => i / 40);

        var cards = Read(world, expected);

        AssertComplete(world, cards);
        Assert.Equal(1, world.Crms.Bitrix24Endpoint.Traffic.Requests);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(60, 0)]
    [InlineData(700, 700)]
    public void ReadAsync_OtherThanExpected_ReadsAll(int count, int expected)
    {
        var world = Portal(count * 2, i => i);

        AssertComplete(world, Read(world, expected));
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(16_000)]
    public void ReadAsync_CrowdInOneSecond_ReadsAll(int crowd)
    {
        var world = Portal(
            crowd + 6_000,
            i =>
                i < 3_000 ? i
                : i < 3_000 + crowd ? 3_000
                : i - crowd
        );

        AssertComplete(world, Read(world));
    }

    [Fact]
    public void ReadAsync_PageBehindTheEndIsTheFirst_ReadsAll()
    {
        var world = Portal(9_000, i => i, new Bitrix24PortalOptions { PagePastEndIsFirst = true, UnresolvedReferencesStay = true });

        AssertComplete(world, Read(world));
    }

    [Fact]
    public void ReadAsync_CardsChangeMeanwhile_ReadsEveryOtherOnce()
    {
        var world = Portal(8_000, i => i / 2);
        var ids = world.Contacts.Ids;
        var changed = new HashSet<long>();
        var random = new Random(5);
        world.Portal.CommandFault = call =>
        {
            for (var i = 0; i < 5; i++)
            {
                var id = ids[random.Next(ids.Count)];
                changed.Add(id);
                world.Contacts.Edit(id, [KeyValuePair.Create("NAME", (object?)$"{random.Next()}")]);
            }

            return null;
        };

        var cards = Read(world).Select(card => card.Number).ToList();

        Assert.Equal(ids.Where(id => !changed.Contains(id)), cards.Where(id => !changed.Contains(id)).Order());
    }

    [Fact]
    public void ReadAsync_SlowPortal_AsksForFewerPagesAtOnce()
    {
        var world = Portal(6_000, i => i);
        world.Portal.Options.Latency = new() { List = TimeSpan.FromSeconds(2.5) };

        AssertComplete(world, Read(world)); // fifty at once would be cut off after a minute
    }

    private static World Portal(int count, Func<int, int> second, Bitrix24PortalOptions? options = null)
    {
        var world = World.Empty(options);
        world.Crms.Bitrix24Endpoint.Journal.Capacity = 0;
        for (var i = 0; i < count; i++)
        {
            // IDs against the order of time, and across it.
            world.Contacts.Add([], id: ((i * 7919L) % 100_003) + 1, created: First, modified: First.AddSeconds(second(i)));
        }

        return world;
    }

    private static List<Card> Read(World world, int expected = 0) =>
        world.Time.Run(async () =>
        {
            await using var process = world.Process();
            var table = new EntityQueries("contact", TestSettings.StatusField, ["NAME"], First.AddDays(-1), []);
            var cards = new List<Card>();
            await foreach (
                var portion in new WindowReader(process.GetRequiredService<Bitrix24Client>(), table).ReadAsync(
                    First.AddSeconds(-1),
                    expected,
                    CancellationToken.None
                )
            )
            {
                cards.AddRange(portion.Cards);
            }

            return cards;
        });

    private static void AssertComplete(World world, List<Card> cards)
    {
        Assert.Equal(world.Contacts.Ids, cards.Select(card => card.Number).Order());
        Assert.Equal(cards.Select(card => card.Modified).Order(), cards.Select(card => card.Modified));
    }
}
