using System.Globalization;
using System.Net;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// Below the retries, above one attempt: turns the answers that mean "unavailable" (docs/spec.md, sections 6 and 9) into an
/// <see cref="UnavailableException"/>. It ends the run before the record gets an outcome, so that no status text changes. What concerns
/// a record passes; so does a 500, which is the record's own fault unless several in a row get one.
/// </summary>
internal sealed class OtmechalkaHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        switch (status)
        {
            case 200 or 201 or 500:
                return response;
            case 429:
                RequestMeter.Throttled(RequestMeter.Otmechalka);
                throw Unavailable(response, isTransient: true);
            case 408 or 502 or 503 or 504:
                throw Unavailable(response, isTransient: true);
            case 401 or 402 or 403:
                throw Unavailable(response, isTransient: false); // a wrong key or a licence that ran out is a system-wide failure
            case >= 400 and < 500:
                return response;
            default:
                throw Unavailable(response, isTransient: false); // a redirect, another 2xx or 5xx: not the API we know
        }
    }

    private static UnavailableException Unavailable(HttpResponseMessage response, bool isTransient)
    {
        var status = response.StatusCode;
        var code = $"HTTP {((int)status).ToString(CultureInfo.InvariantCulture)}";
        response.Dispose();
        // A gateway may give up on a create that the server behind it still carries out; a 202 says that it will be.
        var unclear = status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError || response.IsSuccessStatusCode;
        return new UnavailableException(RequestMeter.Otmechalka, code, isTransient, unclear, response.Headers.RetryAfter?.Delta);
    }
}
