using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace B24Otmechalka.Sandbox.Http;

/// <summary>One CRM on loopback. A broken connection is a reset one.</summary>
internal sealed class CrmListener : IAsyncDisposable
{
    private readonly WebApplication application;

    private CrmListener(WebApplication application, IReadOnlyList<Uri> addresses) =>
        (this.application, Addresses) = (application, addresses);

    /// <summary>Plain HTTP first, then TLS if it was asked for.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <param name="port">0 picks a free one.</param>
    /// <param name="certificate">Opens a second, free port with TLS.</param>
    public static async Task<CrmListener> StartAsync(
        CrmEndpoint endpoint,
        int port,
        X509Certificate2? certificate,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
            if (certificate is not null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
            }
        });
        var application = builder.Build();
        application.Run(context => ServeAsync(context, endpoint));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new CrmListener(application, [.. addresses.Select(address => new Uri(address)).OrderBy(address => address.Scheme.Length)]);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource();
        await soon.CancelAsync();
        await application.StopAsync(soon.Token);
        await application.DisposeAsync();
    }

    private static async Task ServeAsync(HttpContext context, CrmEndpoint endpoint)
    {
        try
        {
            var response = await endpoint.HandleAsync(await ReadAsync(context.Request, context.RequestAborted), context.RequestAborted);
            context.Response.StatusCode = response.Status;
            context.Response.ContentType = response.ContentType;
            foreach (var (name, value) in response.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(response.Body, context.RequestAborted);
        }
        catch (BrokenConnectionException)
        {
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static async Task<SandboxRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        using var reader = new StreamReader(request.Body);
        return new SandboxRequest(
            request.Method,
            mark < 0 ? target : target[..mark],
            mark < 0 ? "" : target[(mark + 1)..],
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(cancellationToken),
            request.IsHttps
        );
    }
}
