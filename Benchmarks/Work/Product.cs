using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using B24Otmechalka.Core;
using B24Otmechalka.Core.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>Core as a host composes it, with the settings of a benchmark.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly CountCalls calls = new();

    public Product(WorkOrder order)
    {
        Settings = SettingsReader.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    BenchmarkSettings
                        .For(order)
                        .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))
                )
                .Build()
        );
        var options = new TableClientOptions();
        options.AddPolicy(calls, HttpPipelinePosition.PerRetry);
        var collection = new ServiceCollection();
        collection.AddSingleton(new TableClient(Settings.Storage.ConnectionString, Settings.Sync.TableName, options));
        collection.AddB24Otmechalka(Settings);
        services = collection.BuildServiceProvider();
    }

    public Settings Settings { get; }

    /// <summary>Requests to the storage so far.</summary>
    public int StorageCalls => calls.Count;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class CountCalls : HttpPipelineSynchronousPolicy
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref count);
    }
}
