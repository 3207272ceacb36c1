using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;

namespace B24Otmechalka.Core.Http;

/// <summary>
/// All retries of the product, and the only file that knows Polly.
/// <list type="table">
/// <listheader><term>call</term><description>retried on; times; waits; why it is safe</description></listheader>
/// <item><term>any Bitrix24 call</term><description>transient failures (no connection, timeout, 408, 429, 5xx, an answer that
/// is not JSON); 3 times; 1, 2, 4 s with jitter, or as long as the portal asks up to <see cref="LongestWait"/>. Reads change
/// nothing, and a status write sets the same text again. A limit that a single command of a batch got is not retried.</description></item>
/// <item><term>otmechalka search, update</term><description>transient failures (no connection, timeout, 408, 429, 502, 503, 504);
/// 2 times; 0.5, 1 s with jitter, or as asked. A search changes nothing, an update sets the same values again.</description></item>
/// <item><term>otmechalka create</term><description>never: it may have been carried out (docs/spec.md, section 6, invariant 2). The sync
/// searches first.</description></item>
/// </list>
/// </summary>
internal static class RetryPolicies
{
    /// <summary>The longest wait before a retry. A system that asks for more is unavailable for this run.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static IHttpClientBuilder AddBitrix24Retries(this IHttpClientBuilder builder) => builder.AddRetries(3, TimeSpan.FromSeconds(1));

    public static IHttpClientBuilder AddOtmechalkaRetries(this IHttpClientBuilder builder) =>
        builder.AddRetries(2, TimeSpan.FromSeconds(0.5));

    private static IHttpClientBuilder AddRetries(this IHttpClientBuilder builder, int retries, TimeSpan first) =>
        builder.AddPolicyHandler(
            (services, request) =>
                request.IsRepeatable()
                    ? Retry(retries, first, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Jitter>())
                    : (IAsyncPolicy<HttpResponseMessage>)Policy.NoOpAsync<HttpResponseMessage>()
        );

    // The wait is spent in onRetryAsync, because Polly's own wait does not know TimeProvider.
    private static AsyncRetryPolicy<HttpResponseMessage> Retry(int retries, TimeSpan first, TimeProvider time, Jitter jitter) =>
        Policy<HttpResponseMessage>
            .Handle<UnavailableException>(error => error.IsTransient && !(error.RetryAfter > LongestWait))
            .WaitAndRetryAsync(
                retries,
                (_, _, _) => TimeSpan.Zero,
                (failure, _, attempt, context) =>
                    Task.Delay(
                        ((UnavailableException)failure.Exception).RetryAfter ?? jitter.Spread(first * Math.Pow(2, attempt - 1)),
                        time,
                        context.TryGetValue(CancellationKey, out var token) ? (CancellationToken)token : CancellationToken.None
                    )
            );

    private const string CancellationKey = "cancellation";

    /// <summary>Lets the wait between two attempts be cancelled together with the request.</summary>
    public static HttpRequestMessage CancelWaitsWith(this HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.SetPolicyExecutionContext(new Context { [CancellationKey] = cancellationToken });
        return request;
    }
}

/// <summary>
/// Spreads our own waits by ±20 %, so that several instances do not come back in step; a wait that a system asks for is kept. Seeded in
/// tests.
/// </summary>
internal sealed class Jitter(Random random)
{
    public TimeSpan Spread(TimeSpan wait)
    {
        lock (random)
        {
            return wait * (0.8 + (0.4 * random.NextDouble()));
        }
    }
}
