using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

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
/// <param name="Description">The <c>error_description</c> member; partly localised, and so never more than a hint.</param>
/// <param name="HttpStatus">The HTTP status; 0 for a command of a batch.</param>
internal sealed partial record Bitrix24Error(string Code, string Description, int HttpStatus)
{
    /// <summary>The command is in neither map of a batch's answer.</summary>
    public static readonly Bitrix24Error NoAnswer = new("NO_ANSWER", "", 0);

    /// <summary>The answer is there, and is not what the method answers.</summary>
    public static readonly Bitrix24Error OddAnswer = new("UNEXPECTED_ANSWER", "", 0);

    private static readonly string[] NotFoundTexts = ["not found", "contact is not found", "deal is not found"];
    private static readonly string[] DeniedTexts = ["access denied", "доступ запрещен", "доступ запрещён", "недостаточно прав"];

    /// <summary>
    /// Decided on the code, then on the status: two editions of the documentation disagree on the statuses
    /// (docs/bitrix24.md, section 2). What refuses us as a whole is told by <see cref="PortalRefusals"/>.
    /// </summary>
    public Bitrix24ErrorKind Kind =>
        Code.ToUpperInvariant() switch
        {
            _ when PortalRefusals.IsOne(Code, HttpStatus) => Bitrix24ErrorKind.Authorization,
            "QUERY_LIMIT_EXCEEDED" => Bitrix24ErrorKind.RateLimit,
            "OPERATION_TIME_LIMIT" => Bitrix24ErrorKind.OperatingLimit,
            "INTERNAL_SERVER_ERROR" or "ERROR_UNEXPECTED_ANSWER" => Bitrix24ErrorKind.Server,
            _ => HttpStatus switch
            {
                _ when PortalRefusals.IsOne(HttpStatus) => Bitrix24ErrorKind.Authorization,
                429 => Bitrix24ErrorKind.RateLimit,
                408 or >= 500 => Bitrix24ErrorKind.Server,
                _ => Bitrix24ErrorKind.Refused,
            },
        };

    /// <summary>
    /// Whether the record is not there. Its documented spellings and no other (docs/bitrix24.md, trap 17): an error that only
    /// sounds like it, such as «Application not found», is none, and what is taken for a denied one loses nothing.
    /// </summary>
    public bool IsNotFound =>
        Kind == Bitrix24ErrorKind.Refused
        && Code.ToUpperInvariant() switch
        {
            "" => Says(NotFoundTexts),
            "NOT_FOUND" or "ERROR_NOT_FOUND" => !OfTheInterface().IsMatch(Description),
            _ => false,
        };

    /// <summary>
    /// Whether rights are missing, also in the form without a code (docs/bitrix24.md, section 13): of a record where one is
    /// written, of the webhook where a list is read.
    /// </summary>
    public bool IsAccessDenied =>
        Kind == Bitrix24ErrorKind.Refused
        && (Code.Equals("ACCESS_DENIED", StringComparison.OrdinalIgnoreCase) || (Code.Length == 0 && Says(DeniedTexts)));

    /// <summary>Whether the portal does not know the method.</summary>
    public bool IsMethodUnknown => Code.Equals("ERROR_METHOD_NOT_FOUND", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What may be shown and logged: the code, or what can be said of an error without one. Never the description, and no
    /// code that does not look like one: a webhook's token is as short as a code.
    /// </summary>
    public string SafeCode =>
        (HttpStatus, Code) switch
        {
            _ when PortalRefusals.Codes.Contains(Code, StringComparer.OrdinalIgnoreCase) || LooksLikeCode().IsMatch(Code) => Code,
            _ when IsAccessDenied => "ACCESS_DENIED",
            _ when IsNotFound => "NOT_FOUND",
            (0, _) => "refused without a code",
            _ => "HTTP " + HttpStatus.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>The error in this object, if it holds one.</summary>
    public static Bitrix24Error? Read(JsonElement answer, int httpStatus)
    {
        var error = answer.Member("error");
        return error.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => new Bitrix24Error(
                error.Text() ?? "",
                answer.Member("error_description").Text() ?? "",
                httpStatus
            ),
            JsonValueKind.Object => new Bitrix24Error(error.Member("code").Text() ?? "", error.Member("message").Text() ?? "", httpStatus),
            _ => null,
        };
    }

    private bool Says(string[] texts) =>
        texts.Contains(Description.Trim(' ', '.', '!', '\u00a0', '\r', '\n', '\t'), StringComparer.OrdinalIgnoreCase);

    // ERROR_CORE, expired_token, CRM_FIELD_ERROR_VALUE_NOT_VALID, 100: words of letters or of digits, never both in one.
    [GeneratedRegex(@"^(?=.{1,60}$)([0-9]{1,5}|[A-Z]+|([A-Z]+|[0-9]{1,5})(_([A-Z]+|[0-9]{1,5}))+|[a-z]+(_[a-z]+)+)$")]
    private static partial Regex LooksLikeCode();

    [GeneratedRegex("application|method|module|приложени|метод|модул", RegexOptions.IgnoreCase)]
    private static partial Regex OfTheInterface();
}
