namespace B24Otmechalka.Core.Bitrix24;

/// <summary>Why a portal refuses us as a whole: what a person has to act on.</summary>
internal enum PortalRefusal
{
    /// <summary>The webhook is wrong, deleted or expired, or its user is dismissed.</summary>
    Webhook,

    /// <summary>The webhook lacks a scope.</summary>
    Scope,

    /// <summary>The webhook's user lacks rights.</summary>
    Rights,

    /// <summary>The plan or the subscription does not include REST, or has run out.</summary>
    Licence,

    /// <summary>The portal is closed or deleted.</summary>
    PortalGone,

    /// <summary>Bitrix24's staff has blocked the portal's REST.</summary>
    Blocked,

    /// <summary>An administrator has to confirm the method's use.</summary>
    Confirmation,

    /// <summary>The webhook's address is not one of HTTPS.</summary>
    Https,
}

/// <summary>
/// Which errors of Bitrix24 refuse us as a whole (docs/bitrix24.md, sections 2 and 13). <c>infra/queries/authorisation-lost.kql</c> alerts
/// of the same ones.
/// </summary>
internal static class PortalRefusals
{
    private const string AccessDenied = "ACCESS_DENIED";

    private static readonly Dictionary<string, PortalRefusal> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INVALID_CREDENTIALS"] = PortalRefusal.Webhook,
        ["NO_AUTH_FOUND"] = PortalRefusal.Webhook,
        ["expired_token"] = PortalRefusal.Webhook,
        ["invalid_token"] = PortalRefusal.Webhook,
        ["authorization_error"] = PortalRefusal.Webhook,
        ["WRONG_AUTH_TYPE"] = PortalRefusal.Webhook,
        ["insufficient_scope"] = PortalRefusal.Scope,
        ["user_access_error"] = PortalRefusal.Rights,
        ["allowed_only_intranet_user"] = PortalRefusal.Rights,
        ["PAYMENT_REQUIRED"] = PortalRefusal.Licence,
        ["PORTAL_DELETED"] = PortalRefusal.PortalGone,
        ["OVERLOAD_LIMIT"] = PortalRefusal.Blocked,
        ["METHOD_CONFIRM_WAITING"] = PortalRefusal.Confirmation,
        ["METHOD_CONFIRM_DENIED"] = PortalRefusal.Confirmation,
        ["INVALID_REQUEST"] = PortalRefusal.Https,
    };

    /// <summary>
    /// All codes, in the documentation's case. With 401 or 403 <c>ACCESS_DENIED</c> is one too; otherwise it is the record's.
    /// </summary>
    public static IEnumerable<string> Codes => Table.Keys.Append(AccessDenied);

    /// <summary>
    /// Whether an error refuses us as a whole: by its code, whatever the status, or by 402, whatever the code (docs/bitrix24.md, section
    /// 2).
    /// </summary>
    public static bool IsOne(string code, int httpStatus) => httpStatus == 402 || Table.ContainsKey(code);

    /// <summary>
    /// Whether an error refuses us as a whole whose code means nothing of its own: by its status. So does <c>ACCESS_DENIED</c>, which is
    /// the record's with any other status.
    /// </summary>
    public static bool IsOne(int httpStatus) => httpStatus is 401 or 402 or 403;

    /// <summary>
    /// Which refusal an <see cref="Http.UnavailableException.Code"/> tells of; <see langword="null"/> when it names none.
    /// </summary>
    public static PortalRefusal? In(string unavailableCode)
    {
        foreach (var (code, refusal) in Table)
        {
            if (unavailableCode.Contains(code, StringComparison.OrdinalIgnoreCase))
            {
                return refusal;
            }
        }

        return unavailableCode switch
        {
            _ when unavailableCode.Contains("HTTP 402", StringComparison.Ordinal) => PortalRefusal.Licence,
            // a method's own
            _ when unavailableCode.Contains(": " + AccessDenied, StringComparison.OrdinalIgnoreCase) => PortalRefusal.Rights,
            _ when unavailableCode.Contains(AccessDenied, StringComparison.OrdinalIgnoreCase) => PortalRefusal.Licence,
            _ => null,
        };
    }
}
