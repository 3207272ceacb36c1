using B24Otmechalka.Core.Tests.Testing;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>A machine's own clock: it runs as fast as the world's, but shows something else.</summary>
internal sealed class SkewedTime(VirtualTime time, TimeSpan skew) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
