using B24Otmechalka.Core;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Azurite;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using B24Otmechalka.Sandbox.Jobs;

namespace B24Otmechalka.Sandbox;

/// <summary>Everything the integration needs, on this machine: both CRMs with the sample data, a real Azurite, and the product.</summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    private readonly ServiceProvider product;

    private RunningSandbox(SandboxCrms crms, SandboxHost host, AzuriteProcess azurite)
    {
        (Crms, Host, Azurite) = (crms, host, azurite);
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddB24Otmechalka(SampleSettings.Build(host.WebhookUrl, host.OtmechalkaUrl, crms.ApiKey, azurite.ConnectionString));
        product = services.BuildServiceProvider();
        Jobs = new SandboxJobs(
            product.GetRequiredService<SyncRunner>(),
            product.GetRequiredService<JobStores>(),
            new RunLog(TimeProvider.System)
        );
    }

    public SandboxCrms Crms { get; }

    public SandboxHost Host { get; }

    public AzuriteProcess Azurite { get; }

    public SandboxJobs Jobs { get; }

    /// <param name="tablePort">Azurite's; 0 picks a free one.</param>
    /// <exception cref="SandboxException">It cannot start here: no Node.js, a port in use.</exception>
    public static async Task<RunningSandbox> StartAsync(SandboxPorts ports, int tablePort, CancellationToken cancellationToken)
    {
        var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions(tablePort), cancellationToken: cancellationToken);
        try
        {
            var crms = SampleData.Create(TimeProvider.System);
            crms.Otmechalka.Options.RejectDuplicates = true; // as the contract asks for, docs/otmechalka-api.yaml
            var host = await SandboxHost.StartAsync(crms, ports, cancellationToken);
            return new RunningSandbox(crms, host, azurite);
        }
        catch (Exception error)
        {
            await azurite.DisposeAsync();
            if (error is IOException inUse)
            {
                throw SandboxException.PortInUse(inUse);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        await Host.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}
