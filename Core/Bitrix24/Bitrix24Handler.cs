using System.Globalization;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Below the retries, above one attempt: keeps the portal's limits, reads the answer, and turns a system-wide failure into
/// an <see cref="UnavailableException"/> that says whether to retry. An error of the request itself is left to the client.
/// </summary>
internal sealed class Bitrix24Handler(LeakyBucket bucket, OperatingBudget budget) : DelegatingHandler
{
    /// <summary>Answers of this size and more are read one at a time, so that what they become in memory does not add up.</summary>
    private const int LargeAnswer = 1024 * 1024;

    private static readonly HttpRequestOptionsKey<Bitrix24Answer> AnswerKey = new("b24otmechalka.answer");
    private static readonly HttpRequestOptionsKey<Action<Bitrix24Answer>> ReaderKey = new("b24otmechalka.reader");
    private static readonly Lock LargeAnswers = new();

    /// <summary>The answer that this handler read for the request.</summary>
    public static Bitrix24Answer AnswerOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(AnswerKey, out var answer) ? answer : throw new InvalidOperationException("The request has no answer.");

    /// <summary>
    /// Has a good answer read here, below the retries: an <see cref="UnavailableException"/> of the reader is retried like one of
    /// the transport's, and the answer's memory is given back at once, so the reader may keep no part of it.
    /// </summary>
    public static void ReadWith(HttpRequestMessage request, Action<Bitrix24Answer> reader) => request.Options.Set(ReaderKey, reader);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await bucket.EnterAsync(cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = AnswerContent.BodyOf(response);
        response.Content.Dispose();
        response.Content = null; // HttpClient would copy it once more
        if (body.Length < LargeAnswer)
        {
            request.Options.Set(AnswerKey, Read(request, response, body));
            return response;
        }

        lock (LargeAnswers)
        {
            request.Options.Set(AnswerKey, Read(request, response, body));
            return response;
        }
    }

    private Bitrix24Answer Read(HttpRequestMessage request, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            throw Unavailable(
                $"HTTP {status.ToString(CultureInfo.InvariantCulture)} redirect: has the portal been renamed?",
                isTransient: false,
                isRefusal: true
            );
        }

        var document = AnswerJson.Parse(body);
        if (document is null)
        {
            // Overloaded front ends answer HTML, whatever the status.
            throw Unavailable(
                status == 200 ? "an answer that is not JSON" : $"HTTP {status.ToString(CultureInfo.InvariantCulture)}",
                isTransient: status is 200 or 408 or 429 or >= 500,
                RetryAfterOf(response),
                isRefusal: PortalRefusals.IsOne(status)
            );
        }

        var method = request.MethodName();
        var time = AnswerTime.Read(document.RootElement);
        budget.Note(method, time);
        var error = Bitrix24Error.Read(document.RootElement, status) ?? (status >= 400 ? new Bitrix24Error("", "", status) : null);
        ThrowIfNobodysRecord(method, error, response);
        var answer = new Bitrix24Answer(document.RootElement, error, time?.Portal ?? response.Headers.Date, body.Length);
        if (!request.Options.TryGetValue(ReaderKey, out var reader))
        {
            return answer;
        }

        using (document)
        {
            if (error is null)
            {
                reader(answer);
            }

            return answer with
            {
                Body = default,
            };
        }
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
                throw Unavailable(error.SafeCode, isTransient: false, isRefusal: true);
            case Bitrix24ErrorKind.Server:
                throw Unavailable(error.SafeCode, isTransient: true, RetryAfterOf(response));
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static UnavailableException Unavailable(string code, bool isTransient, TimeSpan? retryAfter = null, bool isRefusal = false) =>
        new(RequestMeter.Bitrix24, code, isTransient, retryAfter: retryAfter) { IsRefusal = isRefusal };
}
