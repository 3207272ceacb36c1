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

    private readonly Ingestion ingestion = new();
    private FunctionsHost? host;
    private SandboxHost? systems;

    internal SandboxCrms Crms { get; } = SampleData.Create(TimeProvider.System);

    internal Ingestion Exported => ingestion;

    internal FunctionsHost Host => host!;

    /// <summary>The four runs, in the order they were fired.</summary>
    internal List<(Invocation Invocation, InvocationResponse Answer)> Runs { get; } = [];

    public async Task InitializeAsync()
    {
        Crms.Portal.AddWebhook(new Webhook(1, Token));
        systems = await SandboxHost.StartAsync(Crms);
        var settings = TestSettings.Complete(new Uri(systems.WebhookUrl, $"/rest/1/{Token}/"), systems.OtmechalkaUrl, Crms.ApiKey);
        (settings["AzureWebJobsStorage"], settings["Sync:TableName"]) = (storage.ConnectionString, "WorkerDay");
        host = await FunctionsHost.StartAsync(WorkerSettings.Environment(settings, ingestion));
        foreach (var (job, isPastDue) in new[] { (Contacts, false), (Deals, true), (Contacts, false), (Deals, false) })
        {
            var invocation = host.Fire(job, isPastDue);
            Runs.Add((invocation, await invocation.Answer.WaitAsync(RunLimit, TimeProvider.System)));
        }

        host.Terminate();
        await host.Worker.EndAsync(RunLimit);
    }

    public async Task DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (systems is not null)
        {
            await systems.DisposeAsync();
        }
    }

    public void Dispose() => ingestion.Dispose();
}
