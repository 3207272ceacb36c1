using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Inspection;

/// <summary>Tells a system that answers and refuses us, which is a matter of settings, from one that cannot be reached.</summary>
internal static class Refusals
{
    private static readonly string[] Codes =
    [
        "INVALID_CREDENTIALS", "NO_AUTH_FOUND", "EXPIRED_TOKEN", "INSUFFICIENT_SCOPE", "USER_ACCESS_ERROR", "AUTHORIZATION_ERROR", "WRONG_AUTH_TYPE",
        "ACCESS_DENIED", "INVALID_REQUEST", "HTTP 401", "HTTP 402", "HTTP 403", "redirect",
        "AuthenticationFailed", "AuthorizationFailure", "AuthorizationPermissionMismatch", "authentication failed", "AccountIsDisabled",
    ];

    /// <summary>Whether the system answered and refused us.</summary>
    public static bool IsRefusal(this UnavailableException error) =>
        Codes.Any(code => error.Code.Contains(code, StringComparison.OrdinalIgnoreCase));

    /// <summary>The failed check: of the settings, or of a system that cannot be reached.</summary>
    /// <param name="error">Why.</param>
    /// <param name="area">The check's area.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="whenRefused">What to do when the system refuses us.</param>
    public static Check ToCheck(this UnavailableException error, string area, string name, string whenRefused) => error.IsRefusal()
        ? Check.Fail(area, name, error.Message, whenRefused)
        : Check.Unreachable(area, name, error.Message, $"check the address, the network and whether {error.System} is up; then run doctor again");
}
