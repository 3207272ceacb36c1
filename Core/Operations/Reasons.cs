using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>
/// Says as a sentence what the ledger, an answer or a failure holds as a code: logs and queries need codes, a person does not.
/// </summary>
public static class Reasons
{
    private const string OfStatus = "status: ";
    private const string OfHttp = "HTTP ";

    /// <summary>Which system cannot be used, and why: that it refuses us, where it does.</summary>
    public static string Of(UnavailableException error) =>
        error.IsRefusal() && Refused(error) is { } refusal ? ReasonStrings.Of(refusal, Code(error.Code)) : Unavailable(error);

    /// <summary>
    /// Whether Bitrix24 knows no such webhook: a wrong setting. Other refusals (rights, a licence) may end without the operator's doing, so
    /// that a command which repeats itself goes on.
    /// </summary>
    public static bool IsWrongWebhook(UnavailableException error) =>
        error.System == RequestMeter.Bitrix24 && PortalRefusals.In(error.Code) == PortalRefusal.Webhook;

    /// <summary>A code of the ledger or of an answer (<see cref="LedgerEntry.Code"/>); nothing for none.</summary>
    public static string Of(string? code) =>
        code switch
        {
            null or "" => "",
            "format" => ReasonStrings.Of("Format"),
            "no client" => ReasonStrings.Of("NoClient"),
            "cancelled" => ReasonStrings.Of("Cancelled"),
            "name not resolved" => ReasonStrings.Of("Name"),
            "TLS" => ReasonStrings.Of("Tls"),
            "HTTP 404 on creating" => ReasonStrings.Of("NotCreatable"),
            UnavailableException.Timeout => ReasonStrings.Of("Timeout"),
            UnavailableException.Connection => ReasonStrings.Of("Connection"),
            UnavailableException.TooLarge => ReasonStrings.Of("TooLarge"),
            AnswerObject.NoJson => ReasonStrings.Of("NoJson"),
            AnswerObject.NotTheObject => ReasonStrings.Of("NotTheObject"),
            _ when code.StartsWith(OfStatus, StringComparison.Ordinal) => ReasonStrings.Of("StatusNotTaken", code[OfStatus.Length..]),
            _ when code.StartsWith(OfHttp, StringComparison.Ordinal) => OfHttpStatus(code),
            _ when code.Split(": ", 2) is [var method, var why] => IsCode(why)
                ? ReasonStrings.Of("MethodRefused", method, why)
                : ReasonStrings.Of("MethodOdd", method),
            _ => ReasonStrings.Of("OtherCode", code),
        };

    /// <summary>What became of a record.</summary>
    public static string Of(RecordOutcome outcome) => ReasonStrings.Of($"Outcome{outcome}");

    /// <summary>Why a run was interrupted; <see langword="null"/> when it was not.</summary>
    public static string? Of(RunReport report) =>
        report switch
        {
            { Unavailable: { } error } => Of(error),
            { IsCancelled: true } => ReasonStrings.Of("RunCancelled"),
            { Outcome: RunOutcome.Interrupted } => ReasonStrings.Of("RunLockLost"),
            _ => null,
        };

    private static string Unavailable(UnavailableException error) =>
        error.System switch
        {
            RequestMeter.Bitrix24 => ReasonStrings.Of("Bitrix24Unavailable", Of(error.Code)),
            RequestMeter.Otmechalka => ReasonStrings.Of("OtmechalkaUnavailable", Of(error.Code)),
            _ => ReasonStrings.Of("StorageUnavailable", Of(error.Code)),
        };

    private static string? Refused(UnavailableException error) =>
        error.System switch
        {
            RequestMeter.Bitrix24 => PortalRefusals.In(error.Code) switch
            {
                PortalRefusal.Scope => "ScopeRefused",
                PortalRefusal.Rights => "RightsRefused",
                PortalRefusal.Licence => "LicenceRefused",
                PortalRefusal.PortalGone => "PortalGone",
                PortalRefusal.Blocked => "PortalBlocked",
                PortalRefusal.Confirmation => "PortalConfirmation",
                PortalRefusal.Https => "PortalHttps",
                PortalRefusal.Webhook => "WebhookRefused",
                _ => error.Code.Contains(": ", StringComparison.Ordinal) ? null : "WebhookRefused", // else the one method
            },
            RequestMeter.Otmechalka => error.Code switch
            {
                "HTTP 401" or "HTTP 403" => "KeyRefused",
                "HTTP 402" => "OtmechalkaNotPaid",
                _ => "OtmechalkaMoved",
            },
            _ => "StorageRefused",
        };

    private static string OfHttpStatus(string code) =>
        code[OfHttp.Length..] switch
        {
            "400" or "401" or "402" or "403" or "404" or "409" or "422" or "429" => ReasonStrings.Of($"Http{code[OfHttp.Length..]}"),
            ['5', ..] => ReasonStrings.Of("HttpServer", code),
            ['3', ..] => ReasonStrings.Of("HttpMoved", code),
            _ => ReasonStrings.Of("HttpOther", code),
        };

    // «crm.contact.list: ACCESS_DENIED» is shown by its code.
    private static string Code(string code) => code.Split(": ", 2) is [_, var why] && IsCode(why) ? why : code;

    private static bool IsCode(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && text.Length > 0;
}
