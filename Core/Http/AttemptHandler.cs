namespace B24Otmechalka.Core.Http;

/// <summary>
/// One attempt at a request: bounded in time and in memory, counted, and every failure of the transport turned into an
/// <see cref="UnavailableException"/> that carries no URL (the webhook's token is part of it, docs/spec.md, section 7).
/// </summary>
/// <param name="system">The system's name, see <see cref="UnavailableException.System"/>.</param>
/// <param name="timeout">How long one attempt may take, its body included.</param>
/// <param name="time">The clock.</param>
/// <param name="mostBytes">How large an answer may be, see <see cref="AnswerLimits"/>.</param>
internal sealed class AttemptHandler(string system, TimeSpan timeout, TimeProvider time, int mostBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var measure = RequestMeter.Start(system, request.MethodName(), time);
        HttpResponseMessage? response = null;
        var isRead = false;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            // The body belongs to the attempt: a connection that breaks in the middle of it is retried like any other.
            await ReadBodyAsync(response, either.Token).ConfigureAwait(false);
            isRead = true;
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException(system, UnavailableException.Timeout, isTransient: true, isUnclear: true);
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException
                || (response is not null && error is InvalidDataException or InvalidOperationException)
            )
        {
            // The latter two: a body that is not compressed as its head says.
            throw new UnavailableException(system, CodeOf(error), isTransient: true, isUnclear: !NeverSent(error));
        }
        finally
        {
            if (!isRead)
            {
                response?.Dispose();
            }
        }
    }

    private async Task ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var content = response.Content;
        // Not transient: whatever sends so much would send it again.
        var body =
            await AnswerContent.ReadAsync(content, mostBytes, cancellationToken).ConfigureAwait(false)
            ?? throw new UnavailableException(system, UnavailableException.TooLarge, isUnclear: true);
        foreach (var (name, values) in content.Headers.Where(header => header.Key is "Content-Type"))
        {
            body.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = body;
    }

    private static string CodeOf(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } ? "name not resolved"
        : error is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } ? "TLS"
        : UnavailableException.Connection;

    /// <summary>Whether the failure came before a byte of the request could have left.</summary>
    private static bool NeverSent(Exception error) =>
        error
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError,
            };
}
