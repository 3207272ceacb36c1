using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// A worker's usual day in short, over the sample data: both timers fire twice, the deals' late the first time; then the host
/// asks it to end. What it said, sent and did is there for the tests to look at.
/// </summary>
public sealed class WorkerDay(WorkerStorage storage) : IAsyncLifetime, IDisposable
{
    public const string Contacts = "CONTACT_SYNC_JOB";
    public const string Deals = "DEAL_SYNC_JOB";
    internal const string Token = "q7w8e9secret";

    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);

    private readonly Ingestion _ingestion = new();
    private FunctionsHost? _host;
    private SandboxHost? _systems;

    internal SandboxCrms Crms { get; } = SampleData.Create(TimeProvider.System);

    internal Ingestion Exported => _ingestion;

    internal FunctionsHost Host => _host!;

    /// <summary>The four runs, in the order they were fired.</summary>
    internal List<(Invocation Invocation, InvocationResponse Answer)> Runs { get; } = [];

    public async Task InitializeAsync()
    {
        Crms.Portal.AddWebhook(new Webhook(1, Token));
        _systems = await SandboxHost.StartAsync(Crms);
        var settings = TestSettings.Complete(new Uri(_systems.WebhookUrl, $"/rest/1/{Token}/"), _systems.OtmechalkaUrl, Crms.ApiKey);
        (settings["AzureWebJobsStorage"], settings["Sync:TableName"]) = (storage.ConnectionString, "WorkerDay");
        _host = await FunctionsHost.StartAsync(WorkerSettings.Environment(settings, _ingestion));
        foreach (var (job, isPastDue) in new[] { (Contacts, false), (Deals, true), (Contacts, false), (Deals, false) })
        {
            var invocation = _host.Fire(job, isPastDue);
            Runs.Add((invocation, await invocation.Answer.WaitAsync(RunLimit, TimeProvider.System)));
        }

        _host.Terminate();
        await _host.Worker.EndAsync(RunLimit);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();

        if (_systems is not null)
            await _systems.DisposeAsync();
    }

    public void Dispose() => _ingestion.Dispose();
}
