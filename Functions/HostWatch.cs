using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;

namespace B24Otmechalka.Functions;

/// <summary>
/// Ends the worker when its host is gone. The worker's library goes on without a host: it reads from the stream until that breaks
/// and says nothing, so a worker of a killed host would work on beside its successor. The stream is the only gRPC call the
/// worker ever makes, and the gRPC client announces the end of a call as an event.
/// </summary>
internal sealed class HostWatch(IHostApplicationLifetime lifetime) : EventListener, IHostedService
{
    private const string Client = "Grpc.Net.Client";
    private const string EndOfCall = "CallStop";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Client)
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == EndOfCall)
        {
            lifetime.StopApplication();
        }
    }
}
