using System.Globalization;
using System.Text.Json;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Below the retries, above one attempt: keeps the portal's limits, reads the answer, and turns what is nobody's record into
/// an <see cref="UnavailableException"/> that says whether to retry. An error of the request itself is left to the client.
/// </summary>
internal sealed class Bitrix24Handler(LeakyBucket bucket, OperatingBudget budget) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<Bitrix24Answer> AnswerKey = new("b24otmechalka.answer");

    /// <summary>The answer that this handler read for the request.</summary>
    public static Bitrix24Answer AnswerOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(AnswerKey, out var answer) ? answer : throw new InvalidOperationException("The request has no answer.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.MethodName();
        await bucket.EnterAsync(cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        request.Options.Set(AnswerKey, await ReadAsync(method, response, cancellationToken).ConfigureAwait(false));
        return response;
    }

    private async Task<Bitrix24Answer> ReadAsync(string method, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            throw Unavailable($"HTTP {status.ToString(CultureInfo.InvariantCulture)} redirect: has the portal been renamed?", isTransient: false);
        }

        var body = await ParseAsync(response, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            // Overloaded front ends answer HTML, whatever the status.
            throw Unavailable(
                status == 200 ? "an answer that is not JSON" : $"HTTP {status.ToString(CultureInfo.InvariantCulture)}",
                isTransient: status is 200 or 408 or 429 or >= 500,
                RetryAfterOf(response));
        }

        var time = AnswerTime.Read(body.Value);
        budget.Note(method, time);
        var error = Bitrix24Error.Read(body.Value, status) ?? (status >= 400 ? new Bitrix24Error("", "", status) : null);
        ThrowIfNobodysRecord(method, error, response);
        return new Bitrix24Answer(body.Value, error, time?.Portal ?? response.Headers.Date);
    }

    private void ThrowIfNobodysRecord(string method, Bitrix24Error? error, HttpResponseMessage response)
    {
        switch (error?.Kind)
        {
            case Bitrix24ErrorKind.RateLimit:
                RequestMeter.Throttled(RequestMeter.Bitrix24);
                bucket.Fill();
                throw Unavailable(error.SafeCode, isTransient: true, RetryAfterOf(response));
            case Bitrix24ErrorKind.OperatingLimit:
                RequestMeter.Throttled(RequestMeter.Bitrix24);
                budget.Pause(method);
                throw Unavailable(error.SafeCode, isTransient: false);
            case Bitrix24ErrorKind.Authorization:
                throw Unavailable(error.SafeCode, isTransient: false);
            case Bitrix24ErrorKind.Server:
                throw Unavailable(error.SafeCode, isTransient: true, RetryAfterOf(response));
        }
    }

    private static async Task<JsonElement?> ParseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            var reader = new Utf8JsonReader(bytes);
            var element = JsonElement.ParseValue(ref reader);
            return element.ValueKind == JsonValueKind.Object ? element : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static UnavailableException Unavailable(string code, bool isTransient, TimeSpan? retryAfter = null) =>
        new(RequestMeter.Bitrix24, code, isTransient, retryAfter: retryAfter);
}
