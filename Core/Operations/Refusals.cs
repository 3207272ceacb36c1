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
            ? Check.Fail(area, name, Reasons.Of(error), Advice(error) ?? whenRefused)
            : Check.Unreachable(area, name, Reasons.Of(error), OperationsStrings.Of("UnreachableAdvice", SystemName(error.System)));

    private static string SystemName(string system) =>
        OperationsStrings.Of(
            system switch
            {
                RequestMeter.Bitrix24 => "AreaBitrix24",
                RequestMeter.Otmechalka => "AreaOtmechalka",
                _ => "AreaStorage",
            }
        );

    private static string? Advice(UnavailableException error) =>
        error.System != RequestMeter.Bitrix24
            ? null
            : PortalRefusals.In(error.Code) switch
            {
                PortalRefusal.Scope => OperationsStrings.Of("AdviceScope"),
                PortalRefusal.Rights => OperationsStrings.Of("AdviceRights"),
                PortalRefusal.Licence => OperationsStrings.Of("AdviceLicence"),
                PortalRefusal.PortalGone => OperationsStrings.Of("AdvicePortalGone"),
                PortalRefusal.Blocked => OperationsStrings.Of("AdviceBlocked"),
                PortalRefusal.Confirmation => OperationsStrings.Of("AdviceConfirmation"),
                PortalRefusal.Https => OperationsStrings.Of("AdviceHttps"),
                _ => null, // the webhook itself
            };
}
