using System.Text.Json;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>What an error of Bitrix24 means for us.</summary>
internal enum Bitrix24ErrorKind
{
    /// <summary>The request itself was refused: this record's matter.</summary>
    Refused,

    /// <summary>Too many requests: slow down and repeat.</summary>
    RateLimit,

    /// <summary>The method has used its execution seconds: pause it.</summary>
    OperatingLimit,

    /// <summary>Key, rights, scope or plan: nothing works until a person acts.</summary>
    Authorization,

    /// <summary>The portal does not work now.</summary>
    Server,
}

/// <summary>An error as Bitrix24 gives it: of a request, or of one command in a batch.</summary>
/// <param name="Code">The <c>error</c> member; often the empty string.</param>
/// <param name="Description">The <c>error_description</c> member; partly localised, never decided on.</param>
/// <param name="HttpStatus">The HTTP status; 0 for a command of a batch.</param>
internal sealed record Bitrix24Error(string Code, string Description, int HttpStatus)
{
    /// <summary>
    /// Decided on the code, then on the status: two editions of the documentation disagree on the statuses (facts, section 2).
    /// </summary>
    public Bitrix24ErrorKind Kind => Code.ToUpperInvariant() switch
    {
        "QUERY_LIMIT_EXCEEDED" => Bitrix24ErrorKind.RateLimit,
        "OPERATION_TIME_LIMIT" => Bitrix24ErrorKind.OperatingLimit,
        "INVALID_CREDENTIALS" or "NO_AUTH_FOUND" or "EXPIRED_TOKEN" or "INSUFFICIENT_SCOPE" or "USER_ACCESS_ERROR" or "AUTHORIZATION_ERROR"
            or "WRONG_AUTH_TYPE" or "PORTAL_DELETED" or "OVERLOAD_LIMIT" or "PAYMENT_REQUIRED" or "ALLOWED_ONLY_INTRANET_USER" => Bitrix24ErrorKind.Authorization,
        "ACCESS_DENIED" when HttpStatus is 401 or 403 => Bitrix24ErrorKind.Authorization,
        "INTERNAL_SERVER_ERROR" or "ERROR_UNEXPECTED_ANSWER" => Bitrix24ErrorKind.Server,
        _ => HttpStatus switch
        {
            401 or 403 => Bitrix24ErrorKind.Authorization,
            429 => Bitrix24ErrorKind.RateLimit,
            408 or >= 500 => Bitrix24ErrorKind.Server,
            _ => Bitrix24ErrorKind.Refused,
        },
    };

    /// <summary>
    /// Whether the record is not there. Three spellings (facts, trap 17); the texts are only a hint, so an error that is
    /// neither is taken for a denied one, which loses nothing.
    /// </summary>
    public bool IsNotFound => Kind == Bitrix24ErrorKind.Refused
        && !Code.Equals("ERROR_METHOD_NOT_FOUND", StringComparison.OrdinalIgnoreCase)
        && (Code.Equals("NOT_FOUND", StringComparison.OrdinalIgnoreCase) || Code.Equals("ERROR_NOT_FOUND", StringComparison.OrdinalIgnoreCase)
            || Description.Contains("not found", StringComparison.OrdinalIgnoreCase));

    /// <summary>What may be shown and logged: the code, or the status where the code is empty. Never the description.</summary>
    public string SafeCode => Code.Length is > 0 and <= 60 && Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
        ? Code
        : HttpStatus == 0 ? "error" : $"HTTP {HttpStatus}";

    /// <summary>The error in this object, if it holds one.</summary>
    public static Bitrix24Error? Read(JsonElement answer, int httpStatus)
    {
        var error = answer.Member("error");
        return error.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => new Bitrix24Error(error.Text() ?? "", answer.Member("error_description").Text() ?? "", httpStatus),
            JsonValueKind.Object => new Bitrix24Error(error.Member("code").Text() ?? "", error.Member("message").Text() ?? "", httpStatus),
            _ => null,
        };
    }
}
