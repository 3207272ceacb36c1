using System.Net.Http.Headers;
using System.Text;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>No answers come from the stand any more, whatever is asked.</summary>
/// <param name="code">A short code of the last failure.</param>
internal sealed class StandUnavailableException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

/// <summary>
/// Asks the stand and keeps every answer. It repeats what got no answer by itself, not through the product's retries, because each lost
/// answer is a finding; and like the product it searches before it repeats a create.
/// </summary>
/// <param name="http">Through <see cref="AttemptHandler"/>, without retries and without the key.</param>
/// <param name="options">The address and the key.</param>
/// <param name="time">The clock.</param>
internal sealed class Stand(HttpClient http, OtmechalkaOptions options, TimeProvider time)
{
    private const int Tries = 3;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<Exchange> exchanges = [];
    private int lost;
    private TimeSpan slowest;

    /// <summary>The header's value with the key.</summary>
    public string Key { get; } = $"{options.AuthScheme} {options.ApiKey}".Trim();

    /// <summary>The header's value with a key that is nobody's.</summary>
    public string WrongKey { get; } = $"{options.AuthScheme} b24sync-wrong-key".Trim();

    /// <summary>Every answer, the lost ones too.</summary>
    public IReadOnlyList<Exchange> Exchanges => Locked(() => exchanges.ToList());

    /// <summary>How many answers were lost or asked to come again.</summary>
    public int Lost => Locked(() => lost);

    /// <summary>How long the slowest answer took.</summary>
    public TimeSpan Slowest => Locked(() => slowest);

    /// <summary>Searches a record.</summary>
    /// <param name="kind"><c>clients</c> or <c>tickets</c>.</param>
    /// <param name="originId">Its external ID.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Exchange> FindAsync(string kind, string originId, CancellationToken cancellationToken) =>
        AskAsync(new Question(HttpMethod.Get, PathOf(kind, originId)) { Key = Key }, cancellationToken);

    /// <summary>Sends a body to be created.</summary>
    /// <param name="kind"><c>clients</c> or <c>tickets</c>.</param>
    /// <param name="originId">Its external ID; <see langword="null"/> where it has none.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Exchange> CreateAsync(string kind, string? originId, byte[] body, CancellationToken cancellationToken) =>
        AskAsync(
            new Question(HttpMethod.Post, $"api/{kind}/")
            {
                Key = Key,
                Body = body,
                SearchPath = originId is null ? null : PathOf(kind, originId),
            },
            cancellationToken
        );

    /// <summary>Asks until an answer comes, three times at the most.</summary>
    /// <returns>The answer; or no answer, where the stand answers other questions.</returns>
    /// <exception cref="StandUnavailableException">The stand answers nothing.</exception>
    public async Task<Exchange> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var answer = await RepeatAsync(question, cancellationToken);
        if (!answer.IsOutage)
        {
            return answer;
        }

        if (question.Method == HttpMethod.Get && question.Key == Key)
        {
            throw new StandUnavailableException(CodeOf(answer));
        }

        // Is it this very request, or everything?
        var any = await RepeatAsync(
            new Question(HttpMethod.Get, question.SearchPath ?? PathOf("clients", ConformanceOptions.Prefix)) { Key = Key },
            cancellationToken
        );
        return any.IsOutage ? throw new StandUnavailableException(CodeOf(any)) : answer;
    }

    /// <summary>The address of one record.</summary>
    public static string PathOf(string kind, string originId) => $"api/{kind}/{Uri.EscapeDataString(originId)}/";

    private async Task<Exchange> RepeatAsync(Question question, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            var answer = await OnceAsync(question, cancellationToken);
            if (!answer.IsOutage)
            {
                return answer;
            }

            Locked(() => lost++);
            if (tried == Tries || answer.RetryAfter > LongestWait)
            {
                return answer;
            }

            await Task.Delay(answer.RetryAfter ?? FirstWait * tried, time, cancellationToken);
            if (question.SearchPath is not null)
            {
                var found = await OnceAsync(new Question(HttpMethod.Get, question.SearchPath) { Key = Key }, cancellationToken);
                if (found.IsSuccess)
                {
                    return found; // carried out all the same
                }
            }
        }
    }

    private async Task<Exchange> OnceAsync(Question question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(question.Method, question.Path);
        if (question.Key is not null)
        {
            request.Headers.TryAddWithoutValidation(options.AuthHeader, question.Key);
        }

        if (question.Body is not null)
        {
            request.Content = new ByteArrayContent(question.Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue(question.ContentType, "utf-8") },
            };
        }

        var started = time.GetTimestamp();
        var answer = await SendAsync(request.Note("conformance", repeatable: false), question, cancellationToken);
        Locked(() =>
        {
            exchanges.Add(answer);
            slowest = time.GetElapsedTime(started) is var took && took > slowest && answer.Failure is null ? took : slowest;
        });
        return answer;
    }

    private async Task<Exchange> SendAsync(HttpRequestMessage request, Question question, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new Exchange(question, (int)response.StatusCode)
            {
                Body = Encoding.UTF8.GetString(AnswerContent.BodyOf(response).Span),
                ContentType = MediaTypeOf(response),
                Location = response.Headers.Location?.OriginalString,
                RetryAfter = response.Headers.RetryAfter?.Delta,
            };
        }
        catch (UnavailableException error)
        {
            return new Exchange(question, 0, error.Code);
        }
    }

    // As it was sent: one that breaks the rules of a header must not read as none.
    private static string? MediaTypeOf(HttpResponseMessage response) =>
        response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.First().Split(';')[0].Trim() : null;

    private static string CodeOf(Exchange answer) => answer.Failure ?? FormattableString.Invariant($"HTTP {answer.Status}");

    private void Locked(Action change)
    {
        lock (gate)
        {
            change();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
