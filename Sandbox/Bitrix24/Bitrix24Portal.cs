using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Fields;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Bitrix24;

/// <summary>
/// An emulated Bitrix24 portal, in memory and thread-safe. What people do goes through <see cref="Contacts"/>,
/// <see cref="Deals"/> and the methods here; what programs do goes through <see cref="HandleAsync"/>, which obeys
/// docs/bitrix24.md on transport, limits, errors, paging and JSON shapes.
/// </summary>
internal sealed class Bitrix24Portal : IEmulatedCrm
{
    /// <summary>Who writes when a person writes and nobody is named.</summary>
    public const long PersonId = 12;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly PendingWrites pending = new();
    private readonly SortedDictionary<long, PortalUser> users = [];
    private readonly Dictionary<long, IReadOnlyList<ProductRow>> productRows = [];
    private readonly Dictionary<(long UserId, string Token), Webhook> webhooks = [];
    private readonly ValuePrinter printer;
    private readonly RestServer server;
    private long nextPartId = 500_000;

    public Bitrix24Portal(TimeProvider time, Bitrix24PortalOptions? options = null)
    {
        this.time = time;
        Options = options ?? new Bitrix24PortalOptions();
        printer = new ValuePrinter(Options);
        Contacts = new EntityStore(new RecordTable(new EntitySchema("CRM_CONTACT", BuiltInFields.OfContact())), this);
        Deals = new EntityStore(new RecordTable(new EntitySchema("CRM_DEAL", BuiltInFields.OfDeal())), this);
        server = new RestServer(this, time);
    }

    public Bitrix24PortalOptions Options { get; }

    public EntityStore Contacts { get; }

    public EntityStore Deals { get; }

    /// <summary>Asked before each command, also inside a batch: what it answers is thrown instead of carrying the command out.</summary>
    public Func<RestCall, RestException?>? CommandFault { get; set; }

    /// <summary>Called, under the portal's lock, directly before a command is carried out: nothing comes in between.</summary>
    public Action<RestCall>? OnCommand { get; set; }

    /// <summary>
    /// Called, under the portal's lock, after an update by the API changed a record: robots and workflows (docs/bitrix24.md, trap 10).
    /// </summary>
    public Action<EntityStore, long>? OnChangedByApi { get; set; }

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Writes by people that are not visible yet.</summary>
    public int PendingWrites => Locked(() => pending.Count);

    public IReadOnlyCollection<PortalUser> Users => Locked(() => users.Values.ToList());

    public Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken) =>
        server.HandleAsync(request, cancellationToken);

    public string OperationOf(SandboxRequest request) => RestPath.Parse(request.Path)?.Method ?? request.Path;

    public string PublicPath(SandboxRequest request) =>
        RestPath.Parse(request.Path) is { } path ? $"/rest/{path.UserId}/***/{path.Method}" : "/***";

    public void AddWebhook(Webhook webhook) => Locked(() => webhooks[(webhook.UserId, webhook.Token)] = webhook);

    public void RemoveWebhook(Webhook webhook) => Locked(() => webhooks.Remove((webhook.UserId, webhook.Token)));

    public Webhook? FindWebhook(long userId, string token) => Locked(() => webhooks.GetValueOrDefault((userId, token)));

    /// <summary>Adds an employee or changes one.</summary>
    public void SetUser(PortalUser user) => Locked(() => users[user.Id] = user);

    public void RemoveUser(long id) => Locked(() => users.Remove(id));

    /// <summary>Replaces a deal's product rows.</summary>
    public void SetProductRows(long dealId, params IEnumerable<ProductRow> rows) =>
        Locked(() =>
        {
            ImportProductRows(dealId, rows);
            if (Options.ProductRowsMoveDateModify && Deals.Table.Find(dealId) is not null)
            {
                Deals.Edit(dealId, [], force: true);
            }
        });

    public IReadOnlyList<ProductRow> ProductRows(long dealId) => Locked(() => productRows.GetValueOrDefault(dealId, []));

    /// <summary>Imports product rows without touching the deal.</summary>
    public void ImportProductRows(long dealId, params IEnumerable<ProductRow> rows) =>
        Locked(() =>
        {
            productRows[dealId] = [.. rows.Select(row => row.Id != 0 ? row : row with { Id = nextPartId++ })];
        });

    /// <summary>Runs under the portal's lock, after all that has fallen due was carried out.</summary>
    public T Locked<T>(Func<T> action)
    {
        lock (gate)
        {
            pending.Carry(Now);
            return action();
        }
    }

    public void Locked(Action action) =>
        Locked(() =>
        {
            action();
            return true;
        });

    /// <summary>Carries a person's write out, now or when its delay is over.</summary>
    public void Commit(Action write, TimeSpan? delay)
    {
        var wait = delay ?? Options.CommitDelay;
        if (wait <= TimeSpan.Zero)
        {
            write();
        }
        else
        {
            pending.Add(Now + wait, write);
        }
    }

    /// <summary>A record with the given fields, as the API shows it.</summary>
    public PhpArray Row(CrmRecord record, IEnumerable<FieldDefinition> fields)
    {
        var row = new PhpArray();
        foreach (var field in fields)
        {
            if (printer.TryPrint(record, field, out var printed))
            {
                row[field.Name] = printed;
            }
        }

        return row;
    }

    public string Print(DateTimeOffset moment) => printer.Moment(moment);

    /// <summary>Phones and mail addresses to be held: the same text keeps its number, new ones get one, empty ones are gone.</summary>
    public Multifield[] Number(Multifield[] present, Multifield[] written) =>
        [
            .. written
                .Where(item => item.Value.Length > 0)
                .Select(item => item.Id.Length > 0 ? item : present.FirstOrDefault(old => old.Value == item.Value) ?? item)
                .Select(item => item.Id.Length > 0 ? item : item with { Id = (nextPartId++).ToString(CultureInfo.InvariantCulture) }),
        ];
}
