using B24Otmechalka.Sandbox.Azurite;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// One Azurite for all tests that start the worker. They run by themselves, after the others: the worker has five seconds to
/// end, and beside a hundred other tests those would measure the machine.
/// </summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class WorkerStorage(IMessageSink sink) : IAsyncLifetime, ICollectionFixture<WorkerStorage>
{
    public const string Collection = "the worker";

    private AzuriteProcess? azurite;

    internal string ConnectionString => azurite!.ConnectionString;

    public async Task InitializeAsync() =>
        azurite = await AzuriteProcess.StartAsync(say: text => sink.OnMessage(new DiagnosticMessage(text)));

    public async Task DisposeAsync() => await azurite!.DisposeAsync();
}
