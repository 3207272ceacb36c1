namespace B24Otmechalka.Sandbox.Page;

/// <summary>
/// Serves only people at this machine: a host name that was made to point here is refused, and so is a request by which
/// another site would change something. Tells the browser to load nothing from anywhere else.
/// </summary>
internal static class LoopbackGuard
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; "
            + "base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        if (!Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "The sandbox answers only on this machine's loopback address."
            );
        }
        else if (!IsRead(request) && !IsOwn(request))
        {
            await RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Only the sandbox's own page may change something, and only with JSON."
            );
        }
        else
        {
            await next(context);
        }
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>JSON cannot be sent across sites without being asked for first, and that is never granted.</summary>
    private static bool IsOwn(HttpRequest request) =>
        request.HasJsonContentType()
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host}");

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
