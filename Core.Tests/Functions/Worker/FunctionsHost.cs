using System.Net;
using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// As much of the Azure Functions host as a timer needs: it starts the project's worker, has it list and load its functions,
/// and fires, cancels and ends. It knows no schedule: a test is the timer.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>What the real host gives a worker to end by itself before it kills it.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>A worker that has not answered by then hangs.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    private readonly WebApplication server;
    private readonly WorkerStream stream;

    private FunctionsHost(WebApplication server, WorkerStream stream, WorkerProcess worker) =>
        (this.server, this.stream, Worker) = (server, stream, worker);

    public WorkerProcess Worker { get; }

    /// <summary>What the worker says of its functions, by their names.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions { get; private set; } = new Dictionary<string, RpcFunctionMetadata>();

    /// <summary>What the worker can do, as it said at its start.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<RpcLog> Logs => stream.Logs;

    /// <summary>Starts host and worker; both functions are loaded when it returns.</summary>
    /// <param name="settings">The settings of the app, by their names in the environment.</param>
    public static async Task<FunctionsHost> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var stream = new WorkerStream();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(stream);
        var server = builder.Build();
        server.MapGrpcService<WorkerStream>();
        await server.StartAsync();
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var host = new FunctionsHost(server, stream, WorkerProcess.Start(address.Port, settings));
        try
        {
            await host.InitialiseAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fires a job's timer.</summary>
    /// <param name="job">The function's name.</param>
    /// <param name="isPastDue">Whether the tick comes late, as after a time without a host.</param>
    public Invocation Fire(string job, bool isPastDue = false)
    {
        var id = Guid.NewGuid().ToString();
        var answer = AskAsync(
            new StreamingMessage
            {
                RequestId = id,
                InvocationRequest = new InvocationRequest
                {
                    InvocationId = id,
                    FunctionId = Functions[job].FunctionId,
                    TraceContext = new RpcTraceContext { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
                    InputData =
                    {
                        new ParameterBinding
                        {
                            Name = "timer",
                            Data = new TypedData { Json = Timer(isPastDue) },
                        },
                    },
                },
            }
        );
        return new Invocation(id, AnsweredAsync(answer));
    }

    /// <summary>Cancels an invocation, as the host does when <c>functionTimeout</c> is over.</summary>
    public void Cancel(Invocation invocation) =>
        stream.Send(
            new StreamingMessage
            {
                InvocationCancel = new InvocationCancel { InvocationId = invocation.Id, GracePeriod = Duration.FromTimeSpan(GracePeriod) },
            }
        );

    /// <summary>Asks the worker to end, as the host does when it stops itself.</summary>
    public void Terminate() =>
        stream.Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(GracePeriod) } });

    /// <summary>The host is gone at once, and with it the stream; the worker is not told.</summary>
    public async Task VanishAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await VanishAsync();
        await server.DisposeAsync();
    }

    private static string Timer(bool isPastDue) =>
        $$"""
            {
              "Schedule": { "AdjustForDST": true },
              "ScheduleStatus": {
                "Last": "2026-11-27T10:00:00+00:00", "Next": "2026-11-27T10:05:00+00:00", "LastUpdated": "2026-11-27T10:00:00+00:00" },
              "IsPastDue": {{(isPastDue ? "true" : "false")}}
            }
            """;

    private static async Task<InvocationResponse> AnsweredAsync(Task<StreamingMessage> answer) => (await answer).InvocationResponse;

    private async Task InitialiseAsync()
    {
        await LimitedAsync(stream.Connected);
        var initialised = (
            await AskAsync(
                new StreamingMessage
                {
                    RequestId = "init",
                    WorkerInitRequest = new WorkerInitRequest
                    {
                        HostVersion = "4.1037.0.0",
                        WorkerDirectory = WorkerProcess.Folder,
                        FunctionAppDirectory = WorkerProcess.Folder,
                    },
                }
            )
        ).WorkerInitResponse;
        Xunit.Assert.Equal(StatusResult.Types.Status.Success, initialised.Result.Status);
        Capabilities = initialised.Capabilities;
        var metadata = (
            await AskAsync(
                new StreamingMessage
                {
                    RequestId = "metadata",
                    FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = WorkerProcess.Folder },
                }
            )
        ).FunctionMetadataResponse;
        Functions = metadata.FunctionMetadataResults.ToDictionary(function => function.Name);
        foreach (var function in Functions.Values)
        {
            var loaded = (
                await AskAsync(
                    new StreamingMessage
                    {
                        RequestId = $"load {function.Name}",
                        FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function },
                    }
                )
            ).FunctionLoadResponse;
            Xunit.Assert.Equal(StatusResult.Types.Status.Success, loaded.Result.Status);
        }
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        var answer = stream.AskAsync(question);
        await LimitedAsync(answer);
        return await answer;
    }

    /// <summary>A worker that ends while it is waited for fails the test at once, with what it said.</summary>
    private async Task LimitedAsync(Task task)
    {
        var end = Worker.EndAsync(AnswerLimit);
        if (await Task.WhenAny(task, end) == end && !task.IsCompleted)
        {
            throw new InvalidOperationException(
                $"The worker {(end.IsFaulted ? "does not answer" : $"ended with code {end.Result}")}. It said:\n{Worker.Output}"
            );
        }
    }
}

/// <summary>One firing of a timer.</summary>
/// <param name="Id">The host's ID of it, which the worker's log records carry.</param>
/// <param name="Answer">What the worker answers when the run is over; faulted when the worker ends without.</param>
internal sealed record Invocation(string Id, Task<InvocationResponse> Answer);
