using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox.Bitrix24;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

public sealed class KeysetChainTests
{
    private static readonly DateTimeOffset First = World.Start.AddDays(-1);
    private static readonly ModifiedRange All = new() { From = First };

    [Theory]
    [InlineData(0, 1, 0, true)]
    [InlineData(49, 1, 49, true)]
    [InlineData(50, 1, 50, false)] // a full page may have another behind it
    [InlineData(120, 2, 100, false)]
    [InlineData(120, 3, 120, true)]
    [InlineData(120, 50, 120, true)]
    public void ReadAsync_SomePages_AreOneRequest(int cards, int pages, int read, bool isEnd)
    {
        var world = Portal(cards);

        var answer = Read(world, 0, pages);

        Assert.Equal(Enumerable.Range(1, read).Select(id => (long)id), answer.Cards.Select(card => card.Number));
        Assert.Equal(read, answer.LastId);
        Assert.Equal(isEnd, answer.IsEnd);
        Assert.Equal(1, world.Crms.Bitrix24Endpoint.Traffic.Requests);
    }

    [Fact]
    public void ReadAsync_BehindAnId_GoesOnThere() =>
        Assert.Equal([81L, 82L, 83L], Read(Portal(83), 80, 5).Cards.Select(card => card.Number));

    [Fact]
    public void ReadAsync_Counting_TellsHowManyAreLeft() => Assert.Equal(500, Read(Portal(500), 0, 2, counts: true).Total);

    [Fact]
    public void ReadAsync_ReferencesStayUnresolved_KeepsTheFirstPageOnly()
    {
        var answer = Read(Portal(200, new Bitrix24PortalOptions { UnresolvedReferencesStay = true }), 0, 4);

        Assert.Equal(Enumerable.Range(1, answer.Cards.Count).Select(id => (long)id), answer.Cards.Select(card => card.Number));
        Assert.Equal(answer.Cards.Count, answer.LastId);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("false")]
    [InlineData("[{},{}]")]
    public void ReadAsync_NoList_IsAFailedRead(string list)
    {
        var world = Portal(3);
        world.Rewrite = AnswerRewriter.Results(result => AnswerRewriter.IsCards(result) ? list : result?.ToJsonString());

        Assert.Throws<UnavailableException>(() => Read(world, 0, 1));
    }

    private static World Portal(int cards, Bitrix24PortalOptions? options = null)
    {
        var world = World.Empty(options);
        for (var id = 1; id <= cards; id++)
        {
            // Against the order of time: the chain goes by ID.
            world.Contacts.Add([], id: id, created: First, modified: First.AddSeconds(cards - id));
        }

        return world;
    }

    private static KeysetChain.Answer Read(World world, long afterId, int pages, bool counts = false) =>
        world.Time.Run(async () =>
        {
            await using var process = world.Process();
            var table = new EntityQueries("contact", TestSettings.StatusField, ["NAME"], First.AddDays(-1), []);
            return await new KeysetChain(process.GetRequiredService<Bitrix24Client>(), table).ReadAsync(
                All,
                afterId,
                pages,
                counts,
                CancellationToken.None
            );
        });
}
