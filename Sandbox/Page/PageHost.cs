using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Jobs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>The page on loopback: its files, all embedded, and its API.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly WebApplication application;

    private PageHost(WebApplication application) => this.application = application;

    public Uri Address =>
        new(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <param name="port">0 picks a free one.</param>
    /// <exception cref="SandboxException">The port is in use.</exception>
    public static async Task<PageHost> StartAsync(RunningSandbox sandbox, JobTimers timers, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase))
        );
        var application = builder.Build();
        application.Use(next => context => LoopbackGuard.GuardAsync(context, next));
        foreach (
            var name in typeof(PageHost)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("page/", StringComparison.Ordinal))
        )
        {
            var path = name == "page/index.html" ? "/" : name["page".Length..];
            application.MapGet(path, () => Results.Text(Resources.ReadText(name), Types[Path.GetExtension(name)]));
        }

        new PageApi(sandbox, new FaultSwitches(sandbox.Crms), timers).Map(application);
        try
        {
            await application.StartAsync(cancellationToken);
            return new PageHost(application);
        }
        catch (Exception error)
        {
            await application.DisposeAsync();
            if (error is IOException inUse)
            {
                throw SandboxException.PortInUse(inUse);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }
}
