using System.Collections.Concurrent;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// What the portal says of the execution seconds each method has used (<c>time.operating</c>), and when a method that has
/// used them up may be called again. Kept for the envelope's method and for each command of a batch; both may be absent.
/// </summary>
internal sealed class OperatingBudget(TimeProvider time)
{
    /// <summary>The published budget of a method in ten minutes, in seconds; used for the share in the metrics only.</summary>
    private const double PublishedSeconds = 480;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> resetAt = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> pausedUntil = new();

    /// <summary>Notes what an answer says of its method.</summary>
    public void Note(string method, AnswerTime? answerTime)
    {
        if (answerTime?.Operating is { } operating)
        {
            RequestMeter.OperatingShare(method, operating / PublishedSeconds);
        }

        if (answerTime?.UntilReset is { } untilReset)
        {
            resetAt[method] = time.GetUtcNow() + untilReset;
        }
    }

    /// <summary>The method got OPERATION_TIME_LIMIT: it pauses until its reset time, as far as that is known.</summary>
    public void Pause(string method)
    {
        var now = time.GetUtcNow();
        var pause = resetAt.TryGetValue(method, out var reset) && reset > now ? reset - now + TimeSpan.FromSeconds(1) : UnknownPause;
        pause = pause < ShortestPause ? ShortestPause : pause;
        pausedUntil[method] = now + pause;
    }

    /// <summary>How long the method still pauses; zero when it does not.</summary>
    public TimeSpan PauseOf(string method)
    {
        var left = pausedUntil.TryGetValue(method, out var until) ? until - time.GetUtcNow() : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
