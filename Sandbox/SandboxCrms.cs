using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Otmechalka;

namespace B24Otmechalka.Sandbox;

/// <summary>Both emulated CRMs with their outsides: what tests, benchmarks and the sandbox itself start from.</summary>
internal sealed class SandboxCrms
{
    public const string Bitrix24Host = "example.bitrix24.ru";
    public const string OtmechalkaHost = "otmechalka.example.com";

    public SandboxCrms(TimeProvider time, Bitrix24PortalOptions? bitrix24 = null, OtmechalkaOptions? otmechalka = null)
    {
        Portal = new Bitrix24Portal(time, bitrix24);
        Otmechalka = new OtmechalkaServer(time, otmechalka);
        Bitrix24Endpoint = new CrmEndpoint(Portal, time);
        OtmechalkaEndpoint = new CrmEndpoint(Otmechalka, time);
        Portal.AddWebhook(Webhook);
    }

    /// <summary>The webhook that is there from the start; its owner signs the service's writes.</summary>
    public Webhook Webhook { get; } = new(1, "token");

    public Bitrix24Portal Portal { get; }

    public OtmechalkaServer Otmechalka { get; }

    public CrmEndpoint Bitrix24Endpoint { get; }

    public CrmEndpoint OtmechalkaEndpoint { get; }

    /// <summary>The settings to reach both in process, through <see cref="CreateHandler"/>.</summary>
    public Uri WebhookUrl => new($"https://{Bitrix24Host}{WebhookPath}");

    public string WebhookPath => $"/rest/{Webhook.UserId}/{Webhook.Token}/";

    public Uri OtmechalkaUrl { get; } = new($"https://{OtmechalkaHost}/");

    public string ApiKey => Otmechalka.Options.ApiKey;

    /// <summary>A handler that serves both CRMs by host, without sockets.</summary>
    public SandboxHandler CreateHandler() =>
        new(
            new Dictionary<string, CrmEndpoint>(StringComparer.OrdinalIgnoreCase)
            {
                [Bitrix24Host] = Bitrix24Endpoint,
                [OtmechalkaHost] = OtmechalkaEndpoint,
            }
        );
}
