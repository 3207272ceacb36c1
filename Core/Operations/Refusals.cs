using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Operations;

/// <summary>Tells a system that answers and refuses us, which is a matter of settings, from one that cannot be reached.</summary>
internal static class Refusals
{
    // Of otmechalka and the storage; Bitrix24's own are in PortalRefusals.
    private static readonly string[] Codes =
    [
        "HTTP 401",
        "HTTP 402",
        "HTTP 403",
        "redirect",
        "AuthenticationFailed",
        "AuthorizationFailure",
        "AuthorizationPermissionMismatch",
        "authentication failed",
        "AccountIsDisabled",
    ];

    /// <summary>Whether the system answered and refused us.</summary>
    public static bool IsRefusal(this UnavailableException error) =>
        error.IsRefusal || Codes.Any(code => error.Code.Contains(code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The failed check: of the settings, or of a system that cannot be reached.</summary>
    /// <param name="error">Why.</param>
    /// <param name="area">The check's area.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="whenRefused">What to do when the system refuses us and does not say more exactly why.</param>
    public static Check ToCheck(this UnavailableException error, string area, string name, string whenRefused) =>
        error.IsRefusal()
            ? Check.Fail(area, name, error.Message, Advice(error) ?? whenRefused)
            : Check.Unreachable(
                area,
                name,
                error.Message,
                $"check the address, the network and whether {error.System} is up; then run doctor again"
            );

    private static string? Advice(UnavailableException error) =>
        error.System != RequestMeter.Bitrix24
            ? null
            : PortalRefusals.In(error.Code) switch
            {
                PortalRefusal.Scope => "add the missing scope to the webhook in Bitrix24: it needs crm and user_brief",
                PortalRefusal.Rights =>
                    "give the webhook's user the rights to read all contacts and deals and to change them, or make the webhook "
                        + "for a user who has them",
                PortalRefusal.Licence =>
                    "see in Bitrix24 that the plan is paid and that the subscription to the Market, which REST needs, has not run out",
                PortalRefusal.PortalGone =>
                    "the portal is closed or deleted: check the address in Bitrix24__WebhookUrl and ask the portal's administrator",
                PortalRefusal.Blocked => "Bitrix24 has blocked this portal's REST because of overload: write to Bitrix24's support",
                PortalRefusal.Confirmation =>
                    "an administrator of the portal has to confirm in Bitrix24 that the webhook may use the method",
                PortalRefusal.Https => "Bitrix24__WebhookUrl must begin with https://",
                _ => null, // the webhook itself
            };
}
