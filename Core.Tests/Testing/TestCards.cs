using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using static B24Otmechalka.Sandbox.Data.SampleFields;

namespace B24Otmechalka.Core.Tests.Testing;

/// <summary>Cards as the school's managers fill them in: complete and right, but for the fields that a test changes.</summary>
internal static class TestCards
{
    public const long SellerId = 12288;

    /// <summary>The product row of the worked example.</summary>
    public static readonly ProductRow Lessons = new(" 6 КМС индивидуальные 45 мин", 8700, 9000, 300);

    private static readonly Dictionary<string, object?> Contact = new()
    {
        ["NAME"] = "Иван",
        ["LAST_NAME"] = "Петров",
        [StudentLastName] = "Петров",
        [StudentFirstName] = "Василий",
        [Birthdate] = "2009-11-29",
        [Product] = List("410"),
        ["PHONE"] = "8 (926) 123-45-67",
        ["EMAIL"] = "ivan.petrov@example.com",
    };

    private static readonly Dictionary<string, object?> Deal = new()
    {
        ["TITLE"] = "Петров Василий",
        ["STAGE_ID"] = "WON",
        ["ASSIGNED_BY_ID"] = SellerId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        [SellingDate] = "2020-12-13",
        [Branch] = List("186"),
        [PaymentMethod] = "452",
    };

    /// <summary>A manager fills in a new contact now.</summary>
    public static long AddContact(this World world, params (string Field, object? Value)[] changes) =>
        world.Contacts.Add(With(Contact, changes));

    /// <summary>A contact with times of its own, as an import makes it.</summary>
    public static long ImportContact(
        this World world,
        DateTimeOffset created,
        DateTimeOffset modified,
        params (string Field, object? Value)[] changes
    ) => world.Contacts.Add(With(Contact, changes), created: created, modified: modified);

    /// <summary>So many contacts, all saved in this one second.</summary>
    public static IReadOnlyList<long> AddContacts(this World world, int count) =>
        [.. Enumerable.Range(1, count).Select(i => world.AddContact((StudentFirstName, $"Василий {i}")))];

    public static void EditContact(this World world, long id, params (string Field, object? Value)[] changes) =>
        world.Contacts.Edit(id, With([], changes));

    /// <summary>A deal is won now; its seller is there, its client not necessarily.</summary>
    public static long AddDeal(this World world, long contactId, params (string Field, object? Value)[] changes) =>
        world.AddDealWith(contactId, [Lessons], changes);

    /// <summary>A deal with these product rows.</summary>
    public static long AddDealWith(this World world, long contactId, ProductRow[] rows, params (string Field, object? Value)[] changes)
    {
        world.Portal.SetUser(new PortalUser(SellerId, "Андрей", "Сергеев"));
        var id = world.Deals.Add(With(Deal, [("CONTACT_ID", contactId), .. changes]));
        world.Portal.ImportProductRows(id, rows);
        return id;
    }

    public static void EditDeal(this World world, long id, params (string Field, object? Value)[] changes) =>
        world.Deals.Edit(id, With([], changes));

    /// <summary>A client is in otmechalka, wherever it came from.</summary>
    public static void AddClient(this World world, long contactId) =>
        world.Crms.Otmechalka.Store.AddClient(Text(contactId), new JsonObject { ["origin_id"] = Text(contactId) }, []);

    /// <summary>The bodies sent to otmechalka by this operation, for instance <c>POST clients</c>.</summary>
    public static IReadOnlyList<string> Sent(this World world, string operation) =>
        [.. world.Crms.OtmechalkaEndpoint.Journal.Entries.Where(entry => entry.Operation == operation).Select(entry => entry.Body)];

    /// <summary>The only body sent by this operation.</summary>
    public static JsonElement SentOne(this World world, string operation) => JsonDocument.Parse(world.Sent(operation).Single()).RootElement;

    public static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The values of a multiple field, or several phones.</summary>
    public static string[] List(params string[] values) => values;

    /// <summary>Reads a card as JSON gives it, with ID and dates of its own.</summary>
    public static Core.Bitrix24.Card Card(string members) =>
        Row(
            $$"""{"ID":"39558","DATE_CREATE":"2020-12-22T11:06:11+03:00","DATE_MODIFY":"2020-12-24"""
                + $$"""T10:19:34+03:00"{{(members.Length > 0 ? "," : "")}}{{members}}}"""
        );

    /// <summary>Reads a whole row.</summary>
    public static Core.Bitrix24.Card Row(string json) =>
        Core.Bitrix24.Card.TryRead(Json(json), out var card, out var bad) ? card : throw new ArgumentException(bad.Reason, nameof(json));

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> fields, (string Field, object? Value)[] changes)
    {
        var changed = new Dictionary<string, object?>(fields);
        foreach (var (field, value) in changes)
        {
            changed[field] = value;
        }

        return changed;
    }
}
