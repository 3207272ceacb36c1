namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// The portal's own limit, kept on our side so that it is never hit: each request adds one to a bucket that leaks
/// <see cref="Bitrix24Options.RequestsPerSecond"/> per second and holds <see cref="Bitrix24Options.Burst"/>. Shared by both jobs.
/// (System.Threading.RateLimiting has the same shape but no TimeProvider.)
/// </summary>
internal sealed class LeakyBucket
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly double perSecond;
    private readonly double capacity;
    private double level;
    private long leaked;

    public LeakyBucket(double perSecond, int burst, TimeProvider time)
    {
        this.time = time;
        this.perSecond = perSecond;
        // The portal leaks once a second, this bucket continuously: one second's worth is kept in hand.
        capacity = Math.Max(1, burst - perSecond);
        leaked = time.GetTimestamp();
    }

    /// <summary>Waits until one more request fits and adds it. Waiting requests keep their order.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (gate)
        {
            Leak();
            level += 1;
            wait = TimeSpan.FromSeconds(Math.Max(0, (level - capacity) / perSecond));
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The portal says that the bucket is full (others fill it too): believe it.</summary>
    public void Fill()
    {
        lock (gate)
        {
            Leak();
            level = Math.Max(level, capacity);
        }
    }

    private void Leak()
    {
        var now = time.GetTimestamp();
        level = Math.Max(0, level - (time.GetElapsedTime(leaked, now).TotalSeconds * perSecond));
        leaked = now;
    }
}
