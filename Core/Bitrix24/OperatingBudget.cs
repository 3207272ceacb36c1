using System.Collections.Concurrent;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// The portal's limit of execution time: a method that has used up its seconds of the last ten minutes is refused with
/// OPERATION_TIME_LIMIT, and is not called until the portal gives it new ones. A run waits for that if it is soon, else it ends. Nothing is
/// slowed down before that. A batch counts for each method of its commands, and for «batch» itself.
/// </summary>
internal sealed class OperatingBudget(TimeProvider time)
{
    /// <summary>The published budget of a method in ten minutes, in seconds; used for the share in the metrics only.</summary>
    private const double PublishedSeconds = 480;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnknownPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> resetAt = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> pausedUntil = new();

    /// <summary>Notes what an answer says of its method: the seconds used, and when they are given anew. Either may be absent.</summary>
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

    /// <summary>Waits until the method may be called again.</summary>
    /// <exception cref="UnavailableException">That is longer than a run waits for anything; another run goes on.</exception>
    public async Task WaitAsync(string method, CancellationToken cancellationToken)
    {
        var pause = PauseOf(method);
        if (pause > RetryPolicies.LongestWait)
        {
            throw Bitrix24Client.Refused(method, new Bitrix24Error("OPERATION_TIME_LIMIT", "", 429));
        }

        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
