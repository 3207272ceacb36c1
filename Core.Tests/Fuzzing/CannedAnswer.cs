using System.Net;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>An answer as it comes from the network.</summary>
internal sealed record CannedAnswer(int Status, byte[] Body, string ContentType = "application/json")
{
    public override string ToString() =>
        $"HTTP {Status} {ContentType} "
        + $"{Testing.TestCards.Json(System.Text.Json.JsonSerializer.Serialize(System.Text.Encoding.UTF8.GetString(Body)))}";
}

/// <summary>
/// A network that answers every request from memory and keeps what was sent. A reading that asks without end is a failure
/// of its own.
/// </summary>
internal sealed class CannedNetwork(Func<HttpRequestMessage, byte[], CannedAnswer> answer) : HttpMessageHandler
{
    /// <summary>No reading of so few rows needs more.</summary>
    private const int MostRequests = 400;

    private int requests;

    /// <summary>What stands in the webhook and in the key, and must stand nowhere else.</summary>
    public const string Secret = "s3cr3tt0k3n";

    public Bitrix24Client Bitrix24()
    {
        var time = new InstantTime();
        var budget = new OperatingBudget(time);
        var handler = new Bitrix24Handler(new LeakyBucket(1000, 10_000, time), budget) { InnerHandler = Attempt(RequestMeter.Bitrix24) };
        return new Bitrix24Client(
            new HttpClient(handler) { BaseAddress = new Uri($"https://example.bitrix24.ru/rest/1/{Secret}/") },
            budget
        );
    }

    public OtmechalkaClient Otmechalka()
    {
        var http = new HttpClient(new OtmechalkaHandler { InnerHandler = Attempt(RequestMeter.Otmechalka) })
        {
            BaseAddress = new Uri("https://otmechalka.example.com/"),
        };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {Secret}");
        return new OtmechalkaClient(http);
    }

    /// <summary>The only exceptions that foreign bytes may end in; none of them tells a secret.</summary>
    public static async Task<T?> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (UnavailableException error)
        {
            Xunit.Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
            Xunit.Assert.InRange(error.Message.Length, 1, 200);
            return default;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (++requests > MostRequests)
        {
            throw new InvalidOperationException("The reading does not end.");
        }

        var sent = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var (status, body, type) = answer(request, sent);
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = content };
    }

    private AttemptHandler Attempt(string system) =>
        new(system, TimeSpan.FromMinutes(1), TimeProvider.System, AnswerLimits.Bitrix24) { InnerHandler = this };
}

/// <summary>A clock on which every wait is over at once; only the deadlines of requests, a minute and more, are twenty seconds.</summary>
internal sealed class InstantTime : TimeProvider
{
    private long now = new DateTimeOffset(2020, 12, 25, 9, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.FromMinutes(1) || dueTime == Timeout.InfiniteTimeSpan)
        {
            return System.CreateTimer(
                callback,
                state,
                dueTime < TimeSpan.Zero ? dueTime : TimeSpan.FromSeconds(20),
                Timeout.InfiniteTimeSpan
            );
        }

        Interlocked.Add(ref now, Math.Max(0, dueTime.Ticks));
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
