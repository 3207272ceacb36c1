using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>
/// Core's real code between both emulated CRMs and a table in memory, under virtual time. Runs are started as hosts do.
/// </summary>
internal sealed class World
{
    public static readonly DateTimeOffset Start = new(2020, 12, 25, 12, 0, 0, TimeSpan.FromHours(3));

    private readonly Dictionary<string, string?> settings;

    public World(SandboxCrms crms, VirtualTime time)
    {
        (Crms, Time) = (crms, time);
        Table = new MemoryTable(time);
        settings = TestSettings.Complete(crms.WebhookUrl, crms.OtmechalkaUrl, crms.ApiKey);
    }

    public SandboxCrms Crms { get; }

    public VirtualTime Time { get; }

    public MemoryTable Table { get; set; }

    /// <summary>How the product reaches the table: directly, unless a test puts the service's HTTP between.</summary>
    public TableClient? Storage { get; set; }

    public Bitrix24Portal Portal => Crms.Portal;

    public EntityStore Contacts => Crms.Portal.Contacts;

    public EntityStore Deals => Crms.Portal.Deals;

    /// <summary>Everything that was logged, in its final form.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Changes what Bitrix24 answers to a method; <see langword="null"/>: nothing.</summary>
    public Func<string, byte[], byte[]>? Rewrite { get; set; }

    /// <summary>The school's fields, no records.</summary>
    public static World Empty(Bitrix24PortalOptions? options = null)
    {
        var time = new VirtualTime(Start);
        return new World(SampleData.CreateEmpty(time, options), time);
    }

    /// <summary>The sample data in Bitrix24.</summary>
    public static World Sample(Bitrix24PortalOptions? options = null)
    {
        var time = new VirtualTime(Start);
        return new World(SampleData.Create(time, options), time);
    }

    public World With(string setting, string? value)
    {
        settings[setting.Replace("__", ":", StringComparison.Ordinal)] = value;
        return this;
    }

    /// <summary>A new process: nothing is remembered but what is stored.</summary>
    public ServiceProvider Process()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(new Jitter(new Random(1)));
        services.AddSingleton(Storage ?? Table);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ListLogger(Log)));
        services.AddB24Otmechalka(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        foreach (var system in new[] { RequestMeter.Bitrix24, RequestMeter.Otmechalka })
        {
            services.AddHttpClient(system).UseVirtualTime(Time, () => new AnswerRewriter(() => Rewrite, Crms.CreateHandler()));
        }

        return services.BuildServiceProvider();
    }

    public RunReport Sync(SyncJob job, CancellationToken cancellationToken = default) =>
        Time.Run(async () =>
        {
            await using var process = Process();
            return await process.GetRequiredService<SyncRunner>().RunAsync(job, cancellationToken);
        });

    public RunReport SyncContacts() => Sync(SyncJob.Contacts);

    public RunReport SyncDeals() => Sync(SyncJob.Deals);

    /// <summary>The ledger entry of a record.</summary>
    public LedgerEntry? Entry(SyncJob job, long id) =>
        Time.Run(() => Store(job).InspectAsync(CancellationToken.None))
            .Entries.SingleOrDefault(entry => entry.Id == id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public JobState? State(SyncJob job) => Time.Run(() => Store(job).InspectAsync(CancellationToken.None)).State;

    /// <summary>What is stored of a job, as the product sees it.</summary>
    public JobStore Store(SyncJob job) =>
        new(Table, job.Name(), Fingerprints.KeyedBy(settings["Otmechalka:ApiKey"]!), OwnerNames.Random, Time);

    public string? ContactStatus(long id) => Contacts.Text(id, TestSettings.StatusField);

    public string? DealStatus(long id) => Deals.Text(id, TestSettings.StatusField);

    private sealed class ListLogger(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Add($"{logLevel} {eventId.Name}: {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
