namespace B24Otmechalka.Sandbox.Bitrix24.Limits;

/// <summary>The request counter of one portal (docs/bitrix24.md, section 3). Not thread-safe.</summary>
internal sealed class LeakyBucket(TimeProvider time)
{
    private DateTimeOffset leaked = time.GetUtcNow();

    public long Level { get; private set; }

    /// <returns><see langword="false"/> when the request must be refused.</returns>
    public bool TryTake(RateLimit limit, bool refusedCount)
    {
        var seconds = (long)(time.GetUtcNow() - leaked).TotalSeconds;
        if (seconds > 0)
        {
            Level = Math.Max(0, Level - (seconds * limit.PerSecond));
            leaked += TimeSpan.FromSeconds(seconds);
        }

        var taken = Level <= limit.Burst;
        if (taken || refusedCount)
        {
            Level++;
        }

        return taken;
    }
}
