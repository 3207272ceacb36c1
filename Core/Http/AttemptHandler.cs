namespace B24Otmechalka.Core.Http;

/// <summary>
/// One attempt at a request: bounded in time, counted, and every failure of the transport turned into an
/// <see cref="UnavailableException"/> that carries no URL (the webhook's token is part of it, spec 7).
/// </summary>
/// <param name="system">The system's name, see <see cref="UnavailableException.System"/>.</param>
/// <param name="timeout">How long one attempt may take, its body included.</param>
/// <param name="time">The clock.</param>
internal sealed class AttemptHandler(string system, TimeSpan timeout, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var measure = RequestMeter.Start(system, request.MethodName(), time);
        var hasHead = false;
        try
        {
            var response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            hasHead = true;
            // The body belongs to the attempt: a connection that breaks in the middle of it is retried like any other.
            await response.Content.LoadIntoBufferAsync(either.Token).ConfigureAwait(false);
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException(system, UnavailableException.Timeout, isTransient: true, isUnclear: true);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (hasHead && error is InvalidDataException or InvalidOperationException))
        {
            // The latter two: a body that is not compressed as its head says.
            throw new UnavailableException(system, CodeOf(error), isTransient: true, isUnclear: !NeverSent(error));
        }
    }

    private static string CodeOf(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
        ? "name not resolved"
        : error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } ? "TLS" : UnavailableException.Connection;

    /// <summary>Whether the failure came before a byte of the request could have left.</summary>
    private static bool NeverSent(Exception error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
    };
}
