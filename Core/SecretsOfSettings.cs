using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core;

/// <summary>Which of the settings are secret.</summary>
internal static class SecretsOfSettings
{
    /// <summary>The mask of otmechalka's key, the webhook's token and the storage's key or signature.</summary>
    public static SecretMask ToMask(this Settings settings) =>
        new([settings.Otmechalka.ApiKey, TokenOf(settings.Bitrix24.WebhookUrl), .. KeysOf(settings.Storage.ConnectionString)]);

    // https://PORTAL/rest/USER/TOKEN/: the rest of the address opens nothing.
    private static string? TokenOf(string webhook) => webhook.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();

    private static IEnumerable<string?> KeysOf(string? connection)
    {
        foreach (var part in (connection ?? "").Split(';'))
        {
            var (name, value) = part.Split('=', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : ("", "");
            if (name.Equals("AccountKey", StringComparison.OrdinalIgnoreCase))
            {
                yield return value;
            }
            else if (name.Equals("SharedAccessSignature", StringComparison.OrdinalIgnoreCase))
            {
                yield return value
                    .Split('&')
                    .FirstOrDefault(one => one.TrimStart('?').StartsWith("sig=", StringComparison.OrdinalIgnoreCase))
                    ?.Split('=', 2)[1];
            }
        }
    }
}
