namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>The system errors of docs/bitrix24.md, section 2, with the HTTP status of either edition.</summary>
internal sealed record SystemError(string Code, int StatusA, int StatusB, string Description)
{
    public static readonly SystemError QueryLimitExceeded = new("QUERY_LIMIT_EXCEEDED", 503, 503, "Too many requests");
    public static readonly SystemError OperationTimeLimit = new(
        "OPERATION_TIME_LIMIT",
        429,
        429,
        "Method is blocked due to operation time limit."
    );
    public static readonly SystemError OverloadLimit = new("OVERLOAD_LIMIT", 503, 401, "REST API is blocked due to overload.");
    public static readonly SystemError NoAuthFound = new("NO_AUTH_FOUND", 401, 401, "Wrong authorization data");
    public static readonly SystemError InvalidCredentials = new("INVALID_CREDENTIALS", 403, 401, "Invalid request credentials");
    public static readonly SystemError UserInactive = new("authorization_error", 401, 401, "Unable to authorize user");
    public static readonly SystemError InsufficientScope = new(
        "insufficient_scope",
        403,
        401,
        "The request requires higher privileges than provided by the webhook token"
    );
    public static readonly SystemError AccessDenied = new("ACCESS_DENIED", 403, 401, "REST is available only on commercial plans.");
    public static readonly SystemError PortalDeleted = new("PORTAL_DELETED", 500, 403, "Portal was deleted");
    public static readonly SystemError HttpsRequired = new("INVALID_REQUEST", 400, 401, "Https required");
    public static readonly SystemError MethodNotFound = new("ERROR_METHOD_NOT_FOUND", 404, 404, "Method not found!");
    public static readonly SystemError WrongAuthType = new(
        "WRONG_AUTH_TYPE",
        403,
        403,
        "Current authorization type is denied for this method"
    );
    public static readonly SystemError BatchMethodNotAllowed = new(
        "ERROR_BATCH_METHOD_NOT_ALLOWED",
        405,
        405,
        "Method is not allowed for batch usage"
    );
    public static readonly SystemError BatchLengthExceeded = new("ERROR_BATCH_LENGTH_EXCEEDED", 400, 400, "Max batch length exceeded");

    public RestException In(ErrorEdition edition) => new(Code, Description, edition == ErrorEdition.A ? StatusA : StatusB);
}
