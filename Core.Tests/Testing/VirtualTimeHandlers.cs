using B24Otmechalka.Core.Http;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// Puts an HTTP client under <see cref="VirtualTime"/>. The libraries below <see cref="HttpClient"/> leave the synchronisation
/// context, and the runtime sends what they go on with to the thread pool when they are woken inside one. So they are woken
/// outside: by answers at the bottom, by cancellation at the top.
/// </summary>
internal static class VirtualTimeHandlers
{
    public static IHttpClientBuilder UseVirtualTime(this IHttpClientBuilder client, VirtualTime time, Func<HttpMessageHandler> crms) =>
        client
            .ConfigurePrimaryHttpMessageHandler(() => new Answers(time, crms()))
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Insert(0, new Cancellations(time)));

    private sealed class Answers(VirtualTime time, HttpMessageHandler crms) : DelegatingHandler(crms)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<HttpResponseMessage>();
            time.Outside(() => _ = ForwardAsync(request, answer, cancellationToken));
            return answer.Task;
        }

        private async Task ForwardAsync(
            HttpRequestMessage request,
            TaskCompletionSource<HttpResponseMessage> answer,
            CancellationToken cancellationToken
        )
        {
            Action complete;
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                complete = () => answer.SetResult(response);
            }
            catch (OperationCanceledException)
            {
                complete = () => answer.SetCanceled(cancellationToken);
            }
            catch (Exception error)
            {
                complete = () => answer.SetException(error);
            }

            VirtualTime.WithoutContext(complete);
        }
    }

    private sealed class Cancellations(VirtualTime time) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var outside = new CancellationTokenSource();
            var answer = new TaskCompletionSource<HttpResponseMessage>();
            await using var registration = cancellationToken.Register(() =>
                VirtualTime.WithoutContext(() =>
                {
                    outside.Cancel();
                    // An answer that is there already still counts.
                    _ = time.CreateTimer(_ => answer.TrySetCanceled(cancellationToken), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                })
            );
            _ = ForwardAsync(request, answer, outside.Token);
            return await answer.Task.ConfigureAwait(false);
        }

        // A wait between two attempts is left to its end, of which nobody hears: the runtime would send what follows a
        // cancelled wait to the thread pool.
        private async Task ForwardAsync(
            HttpRequestMessage request,
            TaskCompletionSource<HttpResponseMessage> answer,
            CancellationToken cancellationToken
        )
        {
            try
            {
                answer.TrySetResult(
                    await base.SendAsync(request.CancelWaitsWith(CancellationToken.None), cancellationToken).ConfigureAwait(false)
                );
            }
            catch (OperationCanceledException error)
            {
                answer.TrySetCanceled(error.CancellationToken);
            }
            catch (Exception error)
            {
                answer.TrySetException(error);
            }
        }
    }
}
