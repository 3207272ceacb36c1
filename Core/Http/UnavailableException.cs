namespace B24Otmechalka.Core.Http;

/// <summary>
/// A remote system (a CRM or the storage) cannot be used now: the run ends at once and the next one starts with what
/// was not done (docs/spec.md, section 6, "Unavailable"). The message is safe to show: it never carries a URL, a secret or a record's
/// contents.
/// </summary>
public class UnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="system">The system's name as a person knows it: <c>Bitrix24</c>, <c>otmechalka</c>, <c>storage</c>.</param>
    /// <param name="code">A short code: <c>timeout</c>, <c>connection</c>, <c>HTTP 503</c>, or the system's own error code.</param>
    /// <param name="isTransient">Whether the same request may succeed if it is sent again shortly.</param>
    /// <param name="isUnclear">Whether the request may have been carried out all the same.</param>
    /// <param name="retryAfter">How long the system asks to wait, when it says so.</param>
    public UnavailableException(string system, string code, bool isTransient = false, bool isUnclear = false, TimeSpan? retryAfter = null)
        : base($"{system} is unavailable: {code}")
    {
        System = system;
        Code = code;
        IsTransient = isTransient;
        IsUnclear = isUnclear;
        RetryAfter = retryAfter;
    }

    /// <summary>The system that is unavailable.</summary>
    public string System { get; }

    /// <summary>Why, as a short code.</summary>
    public string Code { get; }

    /// <summary>Whether the same request may succeed if it is sent again shortly.</summary>
    public bool IsTransient { get; }

    /// <summary>Whether the request may have been carried out although no answer came (a timeout, a broken connection).</summary>
    public bool IsUnclear { get; }

    /// <summary>Whether no answer came in time, so that the server may still be working on the request.</summary>
    public bool IsTimeout => Code == Timeout;

    /// <summary>How long the system asks to wait before the next try; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Whether the system answered and refuses us as a whole: key, rights, licence. Nothing works until a person acts, so it is
    /// a matter of settings and not of the network.
    /// </summary>
    public bool IsRefusal { get; init; }

    /// <summary>The <see cref="Code"/> of an answer that did not come in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The <see cref="Code"/> of a connection that could not be made or broke.</summary>
    public const string Connection = "connection";

    /// <summary>The <see cref="Code"/> of an answer that is larger than it can be (docs/spec.md, section 6).</summary>
    public const string TooLarge = "an answer that is too large";
}
