using System.Security.Cryptography.X509Certificates;

namespace B24Otmechalka.Sandbox.Http;

/// <summary>Where the two CRMs listen. Port 0 picks a free one.</summary>
internal sealed record SandboxPorts(int Bitrix24 = 0, int Otmechalka = 0)
{
    /// <summary>Whether Bitrix24 listens on a second, free port with a self-signed certificate too.</summary>
    public bool Tls { get; init; }
}

/// <summary>Both emulated CRMs over real HTTP on loopback, each on a port of its own.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private readonly SandboxCrms crms;
    private readonly CrmListener bitrix24;
    private readonly CrmListener otmechalka;

    private SandboxHost(SandboxCrms crms, CrmListener bitrix24, CrmListener otmechalka, X509Certificate2? certificate) =>
        (this.crms, this.bitrix24, this.otmechalka, Certificate) = (crms, bitrix24, otmechalka, certificate);

    /// <summary>The webhook's address, with its token.</summary>
    public Uri WebhookUrl => new(bitrix24.Addresses[0], crms.WebhookPath);

    /// <summary>The webhook's address with TLS.</summary>
    /// <exception cref="InvalidOperationException">TLS was not asked for.</exception>
    public Uri SecureWebhookUrl =>
        bitrix24.Addresses.Count > 1
            ? new Uri(bitrix24.Addresses[1], crms.WebhookPath)
            : throw new InvalidOperationException("The sandbox was started without TLS.");

    public Uri OtmechalkaUrl => otmechalka.Addresses[0];

    /// <summary>What the TLS port shows, for a client to trust.</summary>
    public X509Certificate2? Certificate { get; }

    public static async Task<SandboxHost> StartAsync(
        SandboxCrms crms,
        SandboxPorts? ports = null,
        CancellationToken cancellationToken = default
    )
    {
        ports ??= new SandboxPorts();
        var certificate = ports.Tls ? LoopbackCertificate.Create(TimeProvider.System) : null;
        var bitrix24 = await CrmListener.StartAsync(crms.Bitrix24Endpoint, ports.Bitrix24, certificate, cancellationToken);
        try
        {
            var otmechalka = await CrmListener.StartAsync(crms.OtmechalkaEndpoint, ports.Otmechalka, null, cancellationToken);
            return new SandboxHost(crms, bitrix24, otmechalka, certificate);
        }
        catch
        {
            await bitrix24.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bitrix24.DisposeAsync();
        await otmechalka.DisposeAsync();
        Certificate?.Dispose();
    }
}
