using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Tests.Testing;
using Xunit;

namespace B24Otmechalka.Core.Tests.Bitrix24;

public sealed class LeakyBucketTests
{
    private readonly VirtualTime time = new(World.Start);

    [Fact]
    public void EnterAsync_AsManyAsFit_DoNotWait() => Assert.Equal(TimeSpan.Zero, Took(new LeakyBucket(2, 50, time), 48));

    [Theory]
    [InlineData(2, 50, 49, 0.5)] // one second's worth is kept in hand
    [InlineData(2, 50, 148, 50)]
    [InlineData(5, 250, 250, 1)]
    public void EnterAsync_MoreThanFit_WaitUntilTheyHaveLeaked(double perSecond, int burst, int requests, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Took(new LeakyBucket(perSecond, burst, time), requests));

    [Fact]
    public void EnterAsync_AfterARest_HasRoomAgain()
    {
        var bucket = new LeakyBucket(2, 50, time);
        Took(bucket, 48);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.Zero, Took(bucket, 20));
        Assert.NotEqual(TimeSpan.Zero, Took(bucket, 1));
    }

    [Fact]
    public void Fill_ThePortalSaysFull_MakesTheNextOneWait()
    {
        var bucket = new LeakyBucket(2, 50, time);

        bucket.Fill();

        Assert.Equal(TimeSpan.FromSeconds(0.5), Took(bucket, 1));
    }

    /// <summary>How long it takes until all of these requests, which come at once, are in.</summary>
    private TimeSpan Took(LeakyBucket bucket, int requests)
    {
        var begun = time.GetUtcNow();
        time.Run(() => Task.WhenAll(Enumerable.Range(0, requests).Select(_ => bucket.EnterAsync(CancellationToken.None))));
        return time.GetUtcNow() - begun;
    }
}
