using B24Otmechalka.Sandbox.Azurite;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>One Azurite for the tests that start the worker.</summary>
public sealed class WorkerStorage(IMessageSink sink) : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    internal string ConnectionString => azurite!.ConnectionString;

    public async Task InitializeAsync() =>
        azurite = await AzuriteProcess.StartAsync(say: text => sink.OnMessage(new DiagnosticMessage(text)));

    public async Task DisposeAsync() => await azurite!.DisposeAsync();
}

/// <summary>Tests that start the worker and are in no hurry.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerTests : ICollectionFixture<WorkerStorage>
{
    public const string Name = "the worker";
}

/// <summary>
/// Tests of the worker's end. They run by themselves, after the others: the worker has five seconds to end, and beside a hundred
/// other tests those would measure the machine.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HurriedWorkerTests : ICollectionFixture<WorkerStorage>
{
    public const string Name = "the worker's end";
}
