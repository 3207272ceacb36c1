using System.Globalization;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>The people of the school, who work with both CRMs while the service runs.</summary>
internal sealed partial class People(SimulatedWorld world)
{
    /// <summary>What must stand in no log and in no table: parts of secrets, names, phones, addresses.</summary>
    public static readonly string[] Secrets = ["secret", "sandbox-key", "ёлкин", "Вася", "(926)", "vasya@"];

    /// <summary>A whole phone number: a part of it can stand in a hash by chance.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z])7926123[0-9]{4}(?![0-9A-Za-z])")]
    public static partial Regex PhoneAsSent();

    private readonly Dictionary<(SyncJob Kind, string Id), int> statusEdited = [];
    private readonly Dictionary<(SyncJob Kind, string Id), int> forced = [];
    private readonly Dictionary<(SyncJob Kind, string Id), DateTimeOffset> textToCome = [];
    private readonly TypedValues typed = new();
    private int number;
    private int formerVariant;

    /// <summary>What otmechalka held of a record when a person deleted it there.</summary>
    public Dictionary<(SyncJob Kind, string Id), string> Deleted { get; } = [];

    /// <summary>Deals that changed without a trace in DATE_MODIFY: only the daily full resync finds it.</summary>
    public HashSet<string> ChangedSilently { get; } = [];

    /// <summary>Records whose status a person cleared, so that they are sent again: everything before this moment does not count.</summary>
    public IReadOnlyDictionary<(SyncJob Kind, string Id), int> Forced => forced;

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>When a person last wrote into the status field, by <see cref="Trace.Sequence"/>; -1: never.</summary>
    public int StatusEdited(SyncJob kind, string id) => statusEdited.GetValueOrDefault((kind, id), -1);

    /// <summary>The portal as it was before the service was there.</summary>
    public void Populate()
    {
        world.Crms.Portal.SetUser(new PortalUser(CardValues.SellerId, "Вася", "Сотрудник"));
        var now = world.Time.GetUtcNow();
        if (world.Climate.IsCrowded)
        {
            Import(now - TimeSpan.FromHours(3), world.Random.Next(20, 75));
            Import(now - TimeSpan.FromHours(2), world.Random.Next(5, 20));
        }

        for (var i = world.Random.Next(1, 7); i > 0; i--)
        {
            AddContact(now - TimeSpan.FromMinutes(world.Random.Next(1, 300)));
        }

        AddContact(new DateTimeOffset(2020, 12, 1, 0, 0, 0, TimeSpan.Zero)); // to be ignored
        for (var i = world.Random.Next(1, 6); i > 0; i--)
        {
            AddDeal(now - TimeSpan.FromMinutes(world.Random.Next(1, 200)));
        }

        if (world.Chance(world.Climate.OtmechalkaFaults * 3))
        {
            Break(SyncJob.Contacts);
            Break(SyncJob.Deals);
        }
    }

    /// <summary>Writes that become visible late, and right after them more cards in one second than a page holds.</summary>
    public async Task BurstAsync()
    {
        for (var i = world.Random.Next(1, 4); i > 0; i--)
        {
            Edit(
                SyncJob.Contacts,
                CardValues.Change(world, SyncJob.Contacts, ref number),
                world.Climate.Latest * 0.6 * TimeSpan.FromSeconds(1) + world.Seconds(world.Climate.Latest) * 0.4
            );
        }

        // Most often the next run begins while they are under way still, and have been for most of the look-back.
        await Task.Delay(world.Chance(0.3) ? world.Seconds(world.Climate.Latest) : TimeSpan.FromSeconds(11) + world.Seconds(3), world.Time);
        Import(null, world.Random.Next(40, 61));
        await Task.Delay(world.Seconds(2), world.Time);
    }

    /// <summary>Somebody has just this card open.</summary>
    public void WorkOn(SyncJob kind, string id)
    {
        var card = long.Parse(id, CultureInfo.InvariantCulture);
        if (world.Cards(kind).Exists(card))
        {
            Edit(
                kind,
                card,
                world.Random.Next(4) switch
                {
                    0 => [(Status, null)],
                    1 => [(Status, $"Свой текст {++number}")],
                    2 when typed.Before(kind, card) is { } before => before,
                    _ => CardValues.Change(world, kind, ref number),
                },
                null
            );
        }
    }

    /// <summary>A won deal is not won any more.</summary>
    public void TakeBack(string deal)
    {
        var card = long.Parse(deal, CultureInfo.InvariantCulture);
        if (world.Cards(SyncJob.Deals).Exists(card))
        {
            Edit(SyncJob.Deals, card, [("STAGE_ID", "PREPARATION")], null);
        }
    }

    /// <summary>What has changed a record is taken back: its last edit, or the configuration.</summary>
    public void TakeBackChange(SyncJob kind, string id)
    {
        var card = long.Parse(id, CultureInfo.InvariantCulture);
        if (world.Random.Next(3) == 0)
        {
            Configure(formerVariant);
        }
        else if (world.Cards(kind).Exists(card) && typed.Before(kind, card) is { } before)
        {
            Edit(kind, card, before, null);
        }
    }

    /// <summary>A deal goes to another stage.</summary>
    public void MoveDeal() => Edit(SyncJob.Deals, [("STAGE_ID", world.Random.Next(2) == 0 ? "WON" : "PREPARATION")]);

    /// <summary>Somebody does something.</summary>
    public void Act()
    {
        var kind = world.Random.Next(5) < 3 ? SyncJob.Contacts : SyncJob.Deals;
        switch (world.Random.Next(24))
        {
            case < 3 when kind == SyncJob.Contacts:
                AddContact(null);
                break;
            case < 3:
                AddDeal(null);
                break;
            case < 10:
                Edit(kind, CardValues.Change(world, kind, ref number));
                break;
            case < 12:
                Edit(kind, [("COMMENTS", $"заметка {++number}")]);
                break;
            case < 14:
                Edit(kind, [(Status, null)]);
                break;
            case < 15:
                Edit(kind, [(Status, $"Свой текст {++number}")]);
                break;
            case < 16:
                Edit(kind, [(Status, null), .. CardValues.Change(world, kind, ref number)]);
                break;
            case < 18 when kind == SyncJob.Deals:
                MoveDeal();
                break;
            case < 18:
                DeleteInOtmechalka();
                break;
            case < 19:
                ChangeRows();
                break;
            case < 20 when world.Random.Next(2) == 0:
                Configure(world.Random.Next(2) == 0 ? formerVariant : world.Random.Next(Rules.Count));
                break;
            case < 21 when world.Random.Next(3) == 0:
                Delete(kind);
                break;
            case < 22 when world.Random.Next(6) == 0 && world.Climate.IsCrowded:
                Import(null, world.Random.Next(2, 61));
                break;
            case < 24 when world.Climate.OtmechalkaFaults > 0:
                Break(kind);
                break;
        }
    }

    private void AddContact(DateTimeOffset? at)
    {
        var values = CardValues.Contact(world, ref number);
        var id = world.Crms.Portal.Contacts.Add(Pairs(values), created: at, modified: at, commitDelay: at is null ? Lateness() : null);
        typed.Add(SyncJob.Contacts, id, values);
        world.Trace.Add($"people: new contact {id}");
    }

    // Most of an import needs nothing: it is there to fill pages and seconds.
    private void Import(DateTimeOffset? at, int count)
    {
        for (var i = 0; i < count; i++)
        {
            world.Crms.Portal.Contacts.Add(
                Pairs(world.Random.Next(5) > 0 ? CardValues.Filler : CardValues.Contact(world, ref number)),
                created: at,
                modified: at
            );
        }

        world.Trace.Add($"people: import of {count} contacts");
    }

    private void AddDeal(DateTimeOffset? at)
    {
        var contacts = world.Crms.Portal.Contacts.Ids;
        var client = contacts.Count == 0 ? 0 : contacts[world.Random.Next(contacts.Count)];
        var values = CardValues.Deal(world, client);
        var id = world.Crms.Portal.Deals.Add(Pairs(values), created: at, modified: at, commitDelay: at is null ? Lateness() : null);
        world.Crms.Portal.ImportProductRows(id, CardValues.Rows(world));
        typed.Add(SyncJob.Deals, id, values);
        world.Trace.Add($"people: new deal {id} of contact {client}");
    }

    private void Edit(SyncJob kind, (string Field, object? Value)[] changes, TimeSpan? late = null)
    {
        if (Any(kind) is { } id)
        {
            Edit(kind, id, changes, late ?? Lateness());
        }
    }

    /// <summary>Somebody saves this card, and it becomes visible after the delay.</summary>
    public void Edit(SyncJob kind, long id, (string Field, object? Value)[] changes, TimeSpan? delay)
    {
        var values = changes.Select(change => $"{change.Field}={(change.Value is string[] list ? string.Join('+', list) : change.Value)}");
        world.Trace.Add($"people: edit {kind} {id} {string.Join(", ", values)} late {delay?.TotalSeconds}");
        if (changes[0].Field == Status && delay is null)
        {
            EditStatus(kind, id, changes[0].Value is null);
        }
        else if (changes[0].Field == Status)
        {
            // Whoever clears it, before or after, has another text to come.
            forced.Remove((kind, Text(id)));
            statusEdited.Remove((kind, Text(id)));
            textToCome[(kind, Text(id))] = world.Time.GetUtcNow() + delay!.Value;
        }

        typed.Add(kind, id, changes);
        world.Cards(kind).Edit(id, Pairs(changes), commitDelay: delay);
    }

    // Processes that run already keep the configuration that they began with.
    private void Configure(int variant)
    {
        (formerVariant, world.Variant) = (world.Variant, variant);
        world.Trace.Add($"people: configuration {variant}");
    }

    // A text whose writing the service has not learnt of cannot be known to have been cleared.
    private void EditStatus(SyncJob kind, long id, bool clears)
    {
        var key = (kind, Text(id));
        if (clears && world.Cards(kind).Text(id, Status) is null)
        {
            return;
        }

        forced.Remove(key);
        var entry = world.Table.Entities.FirstOrDefault(entity =>
            entity.PartitionKey == kind.Name() && entity.RowKey.Length > 2 && entity.RowKey[2..] == key.Item2
        );
        var isKnown = entry?.GetString("StatusHash") is not null && entry.GetBoolean("StatusOwed") is not true;
        var isLast = textToCome.GetValueOrDefault(key) <= world.Time.GetUtcNow();
        if (clears && isKnown && isLast)
        {
            forced[key] = world.Watch.Running(kind).Select(run => run.Begun).Append(world.Trace.Sequence).Min();
        }

        if ((clears && !isKnown) || !isLast)
        {
            statusEdited.Remove(key); // as empty as the service has read it, or soon to be what an earlier edit holds
        }
        else
        {
            statusEdited[key] = world.Trace.Sequence;
        }
    }

    private void ChangeRows()
    {
        if (Any(SyncJob.Deals) is { } id)
        {
            var modified = world.Crms.Portal.Deals.Modified(id);
            world.Crms.Portal.SetProductRows(id, CardValues.Rows(world));
            world.Trace.Add($"people: product rows of deal {id}");
            if (world.Crms.Portal.Deals.Modified(id) == modified) // never, or not within the same second
            {
                ChangedSilently.Add(Text(id));
            }
        }
    }

    private void Delete(SyncJob kind)
    {
        if (Any(kind) is { } id)
        {
            world.Cards(kind).Delete(id);
            world.Trace.Add($"people: delete {kind} {id}");
        }
    }

    private void DeleteInOtmechalka()
    {
        var store = world.Crms.Otmechalka.Store;
        if (world.Random.Next(2) == 0 && store.Clients is { Count: > 0 } clients)
        {
            var client = clients[world.Random.Next(clients.Count)];
            Deleted[(SyncJob.Contacts, client.OriginId)] = client.Json;
            store.DeleteClient(client.OriginId);
            world.Trace.Add($"people: delete client {client.OriginId}");
        }
        else if (store.Tickets is { Count: > 0 } tickets)
        {
            var ticket = tickets[world.Random.Next(tickets.Count)];
            Deleted[(SyncJob.Deals, ticket.OriginId)] = ticket.Json;
            store.DeleteTicket(ticket.OriginId);
            world.Trace.Add($"people: delete ticket {ticket.OriginId}");
        }
    }

    private void Break(SyncJob kind)
    {
        if (Any(kind) is { } id)
        {
            var (what, set) = world.Random.Next(3) switch
            {
                0 => ("refused", world.Http.Refused),
                1 => ("failing", world.Http.Failing),
                _ => ("denied", world.Http.Denied),
            };
            _ = set.Add((kind, Text(id))) || set.Remove((kind, Text(id)));
            world.Watch.Troubled.Add((kind, Text(id)));
            world.Trace.Add($"people: {kind} {id} {what}");
        }
    }

    private long? Any(SyncJob kind)
    {
        var ids = world.Cards(kind).Ids;
        return ids.Count == 0 ? null : ids[world.Random.Next(ids.Count)];
    }

    private TimeSpan? Lateness() => world.Random.Next(5) == 0 ? world.Seconds(world.Climate.Latest) : null;

    private static Dictionary<string, object?> Pairs((string Field, object? Value)[] fields) =>
        fields.ToDictionary(field => field.Field, field => field.Value);
}
