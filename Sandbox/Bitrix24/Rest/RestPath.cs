using System.Globalization;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// The address of a call, <c>/rest/USER/TOKEN/METHOD[.json]</c>; the method's name in lower case (docs/bitrix24.md, section 1).
/// </summary>
internal sealed record RestPath(long UserId, string Token, string Method)
{
    public static RestPath? Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (
            parts is not ["rest", var user, var token, var method]
            || !long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
        )
        {
            return null;
        }

        return new RestPath(userId, Uri.UnescapeDataString(token), Normalise(Uri.UnescapeDataString(method)));
    }

    public static string Normalise(string method)
    {
        var name = method.Trim().ToLowerInvariant();
        return name.EndsWith(".json", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
