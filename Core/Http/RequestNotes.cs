namespace B24Otmechalka.Core.Http;

/// <summary>What the two clients note on a request for the handlers below them.</summary>
internal static class RequestNotes
{
    private static readonly HttpRequestOptionsKey<string> Method = new("b24otmechalka.method");
    private static readonly HttpRequestOptionsKey<bool> Repeatable = new("b24otmechalka.repeatable");

    /// <summary>Notes the method's name (never a URL), for metrics, and whether the request may be sent twice without harm.</summary>
    public static HttpRequestMessage Note(this HttpRequestMessage request, string method, bool repeatable)
    {
        request.Options.Set(Method, method);
        request.Options.Set(Repeatable, repeatable);
        return request;
    }

    public static string MethodName(this HttpRequestMessage request) => request.Options.TryGetValue(Method, out var name) ? name : "other";

    public static bool IsRepeatable(this HttpRequestMessage request) =>
        request.Options.TryGetValue(Repeatable, out var repeatable) && repeatable;
}
