using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// Parameters of a request: the query, overridden by a form, or by JSON where the content type is exactly
/// <c>application/json</c> (docs/bitrix24.md, section 1).
/// </summary>
internal static class RestParameters
{
    public static PhpArray Read(SandboxRequest request)
    {
        var parameters = PhpQuery.Parse(request.Query);
        if (request.Method != "POST" || request.Body.Length == 0)
        {
            return parameters;
        }

        var type = (request.Header("Content-Type") ?? "").Split(';')[0].Trim().ToLowerInvariant();
        var body = type switch
        {
            "application/json" => PhpJson.ReadParameters(request.Body),
            "application/x-www-form-urlencoded" => PhpQuery.Parse(request.Body),
            _ => [],
        };
        foreach (var (key, value) in body)
        {
            parameters[key] = value;
        }

        return parameters;
    }
}
