using Xunit;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>A seed that fails can be replayed: it always tells the same story.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(17)]
    [InlineData(51)]
    [InlineData(83)]
    [InlineData(181)]
    public void Play_Twice_TellsTheSameStory(int seed)
    {
        var (first, second) = (Story.Play(seed), Story.Play(seed));

        Assert.InRange(first.Trace.Lines.Count, 30, int.MaxValue);
        Assert.Equal(first.Trace.Hash, second.Trace.Hash);
    }
}
