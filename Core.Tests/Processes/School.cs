using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Processes;

/// <summary>
/// A school's portal with contacts and won deals and its otmechalka, both over real HTTP and with latency, beside a table of a
/// real Azurite: what a process of the command line is let loose on, and the state it has to reach.
/// </summary>
internal sealed class School : IAsyncDisposable
{
    public const int ContactCount = 300;
    public const int DealCount = 150;

    /// <summary>So many runs at most until nothing is left to do: deals follow their clients, echoes are read once.</summary>
    private const int MostRuns = 8;

    private static readonly SyncJob[] Jobs = [SyncJob.Contacts, SyncJob.Deals];

    private readonly string folder = Directory.CreateTempSubdirectory("b24sync-school-").FullName;
    private readonly SandboxHost host;
    private readonly TableClient table;
    private int requests;

    private School(SandboxCrms crms, SandboxHost host, string storage, string tableName)
    {
        (Crms, this.host, table) = (crms, host, new TableClient(storage, tableName));
        Settings = new(TestSettings.Complete(host.WebhookUrl, host.OtmechalkaUrl, crms.ApiKey))
        {
            ["AzureWebJobsStorage"] = storage,
            ["Sync:TableName"] = tableName,
            ["Bitrix24:RequestsPerSecond"] = "500",
            ["Bitrix24:Burst"] = "2000",
        };
        var values = new JsonObject(Settings.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)setting.Value)));
        File.WriteAllText(Path.Combine(folder, "local.settings.json"), new JsonObject { ["Values"] = values }.ToJsonString());
        crms.Bitrix24Endpoint.OnRequest = crms.OtmechalkaEndpoint.OnRequest = _ =>
        {
            var number = Interlocked.Increment(ref requests);
            Arrived?.Invoke(number);
        };
        crms.Bitrix24Endpoint.OnAnswer = crms.OtmechalkaEndpoint.OnAnswer = (_, _) => Answered?.Invoke(Volatile.Read(ref requests));
    }

    public SandboxCrms Crms { get; }

    /// <summary>The settings of whoever carries this school over, by their configuration paths.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>Called before a request is carried out, with how many have come since <see cref="Start"/>.</summary>
    public Action<int>? Arrived { get; set; }

    /// <summary>Called after a request was carried out, before its answer leaves.</summary>
    public Action<int>? Answered { get; set; }

    public static async Task<School> OpenAsync(string storage, string tableName)
    {
        var crms = SampleData.CreateEmpty(TimeProvider.System);
        crms.Portal.Options.Latency = new LatencyModel
        {
            List = Milliseconds(15),
            Counting = Milliseconds(10),
            Get = Milliseconds(2),
            Update = Milliseconds(4),
            Other = Milliseconds(2),
        };
        crms.Portal.Options.RoundTrip = Milliseconds(5);
        crms.Otmechalka.Options.Latency = Milliseconds(12);
        crms.Portal.Options.WaitForLatency = crms.Otmechalka.Options.WaitForLatency = true;
        Fill(crms.Portal);
        return new School(crms, await SandboxHost.StartAsync(crms), storage, tableName);
    }

    /// <summary>Starts a sync of both jobs.</summary>
    public CliProcess Start()
    {
        Volatile.Write(ref requests, 0);
        return CliProcess.Start(folder);
    }

    /// <summary>Ends when so many requests have come, counted from here: the middle of a run.</summary>
    public Task AfterRequests(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref requests, 0);
        Arrived = number => _ = number >= count && reached.TrySetResult();
        return reached.Task;
    }

    /// <summary>Whether a run that is dead now still holds a job's lock.</summary>
    public async Task<bool> IsLockedAsync()
    {
        foreach (var job in Jobs)
        {
            if ((await FindLockAsync(job))?.ContainsKey(LeaseRow.Owner) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The locks' time to live is over: the rows stay, as they do then, and are free to be taken on the condition that nobody
    /// else takes them. Who held them is dead and cannot be disturbed.
    /// </summary>
    public async Task LetLocksExpireAsync()
    {
        foreach (var job in Jobs)
        {
            if (await FindLockAsync(job) is { } held && held.Remove(LeaseRow.Owner))
            {
                await table.UpdateEntityAsync(held, held.ETag, TableUpdateMode.Replace);
            }
        }
    }

    /// <summary>Runs until there is nothing left to do, and checks that all is where it should be and the last run silent.</summary>
    public async Task SettleAsync()
    {
        IReadOnlyList<JsonNode> last = [];
        for (var i = 0; i < MostRuns && !IsSilent(last); i++)
        {
            using var process = Start();
            var (code, jobs, error) = await process.EndAsync();
            Assert.True(code == 0, $"code {code}: {error}");
            last = jobs;
        }

        Assert.All(
            last,
            job =>
                Assert.Equal((1, 0, "completed"), ((int)job["bitrix24Requests"]!, (int)job["otmechalkaRequests"]!, (string?)job["outcome"]))
        );
        var store = Crms.Otmechalka.Store;
        Assert.Empty(store.Doubles);
        Assert.Equal((ContactCount, DealCount), (store.ClientCount, store.Tickets.Count));
        Assert.All(
            Crms.Portal.Contacts.Ids,
            id => Assert.Equal((1, StatusLine.Success), (store.CountClients(Text(id)), Crms.Portal.Contacts.Text(id, SampleFields.Status)))
        );
        Assert.All(
            Crms.Portal.Deals.Ids,
            id => Assert.Equal((1, StatusLine.Success), (store.CountTickets(Text(id)), Crms.Portal.Deals.Text(id, SampleFields.Status)))
        );
        Assert.All(
            store.Tickets,
            ticket =>
                Assert.Equal(
                    Crms.Portal.Deals.Text(long.Parse(ticket.OriginId, CultureInfo.InvariantCulture), "CONTACT_ID"),
                    ticket.ClientOriginId
                )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsSilent(IReadOnlyList<JsonNode> jobs) =>
        jobs is { Count: 2 }
        && jobs.All(job => (int)job["bitrix24Requests"]! == 1 && (int)job["otmechalkaRequests"]! == 0 && (int)job["statusesOwed"]! == 0);

    private static void Fill(Bitrix24Portal portal)
    {
        portal.SetUser(new PortalUser(TestCards.SellerId, "Андрей", "Сергеев"));
        for (var i = 1; i <= ContactCount; i++)
        {
            var contact = portal.Contacts.Add(
                new Dictionary<string, object?>
                {
                    ["NAME"] = "Иван",
                    ["LAST_NAME"] = "Петров",
                    [SampleFields.StudentLastName] = "Петров",
                    [SampleFields.StudentFirstName] = $"Василий {i}",
                    [SampleFields.Product] = TestCards.List("410"),
                    ["PHONE"] = "8 (926) 123-45-67",
                }
            );
            if (i <= DealCount)
            {
                var deal = portal.Deals.Add(
                    new Dictionary<string, object?>
                    {
                        ["TITLE"] = "Петров Василий",
                        ["STAGE_ID"] = "WON",
                        ["ASSIGNED_BY_ID"] = Text(TestCards.SellerId),
                        ["CONTACT_ID"] = contact,
                        [SampleFields.SellingDate] = "2020-12-13",
                        [SampleFields.Branch] = TestCards.List("186"),
                        [SampleFields.PaymentMethod] = "452",
                    }
                );
                portal.ImportProductRows(deal, [TestCards.Lessons]);
            }
        }
    }

    private async Task<TableEntity?> FindLockAsync(SyncJob job)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(job.Name(), EntityCodec.LeaseKey);
        return found.HasValue ? found.Value : null;
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
