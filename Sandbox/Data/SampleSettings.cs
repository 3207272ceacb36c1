using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Sandbox.Data;

/// <summary>The settings that the sandbox runs the product with.</summary>
internal static class SampleSettings
{
    /// <param name="webhookUrl">The emulated Bitrix24.</param>
    /// <param name="otmechalkaUrl">The emulated otmechalka.</param>
    /// <param name="apiKey">Its key.</param>
    /// <param name="storage">The connection string of checkpoint and ledger.</param>
    public static IConfigurationRoot Build(Uri webhookUrl, Uri otmechalkaUrl, string apiKey, string storage) =>
        new ConfigurationBuilder()
            .AddJsonStream(Resources.Open("settings.json"))
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    [SettingsReader.StorageSetting] = storage,
                    ["Bitrix24:WebhookUrl"] = webhookUrl.AbsoluteUri,
                    ["Otmechalka:BaseUrl"] = otmechalkaUrl.AbsoluteUri,
                    ["Otmechalka:ApiKey"] = apiKey,
                }
            )
            .Build();
}
