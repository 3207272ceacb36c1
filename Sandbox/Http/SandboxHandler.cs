using System.Net;
using System.Text;

namespace B24Otmechalka.Sandbox.Http;

/// <summary>
/// Serves emulated CRMs inside the process, without sockets, by the host of the address. A broken connection is the
/// <see cref="HttpRequestException"/> that a real one would be; an unknown host cannot be resolved.
/// </summary>
internal sealed class SandboxHandler(IReadOnlyDictionary<string, CrmEndpoint> hosts) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        if (!hosts.TryGetValue(address.Host, out var endpoint))
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No such host: {address.Host}");
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ToMessage(await endpoint.HandleAsync(await ReadAsync(request, address, cancellationToken), cancellationToken), request);
        }
        catch (BrokenConnectionException broken)
        {
            var error = broken.Refused ? HttpRequestError.ConnectionError : HttpRequestError.ResponseEnded;
            throw new HttpRequestException(error, broken.Message, new IOException(broken.Message));
        }
    }

    private static async Task<SandboxRequest> ReadAsync(HttpRequestMessage request, Uri address, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        foreach (var (name, values) in request.Content?.Headers.NonValidated ?? default)
        {
            headers[name] = values.ToString();
        }

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return new SandboxRequest(
            request.Method.Method,
            address.AbsolutePath,
            address.Query.TrimStart('?'),
            headers,
            body,
            address.Scheme == Uri.UriSchemeHttps
        );
    }

    private static HttpResponseMessage ToMessage(SandboxResponse response, HttpRequestMessage request)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(response.Body)),
        };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", response.ContentType);
        foreach (var (name, value) in response.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
