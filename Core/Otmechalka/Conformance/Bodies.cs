using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>What is sent: what the product itself would send for invented people, whole or with one fault.</summary>
internal sealed class Bodies(ConformanceOptions options)
{
    /// <summary>Fields without which a client is none.</summary>
    public static readonly IReadOnlyList<string> RequiredOfClient =
    [
        "origin_id",
        "last_name",
        "first_name",
        "phone",
        "courses",
        "branchoffices",
        "gender",
    ];

    /// <summary>Fields without which a ticket is none: all.</summary>
    public static readonly IReadOnlyList<string> RequiredOfTicket =
    [
        "origin_id",
        "client_origin_id",
        "ticket_type",
        "price_initial",
        "discount",
        "price_final",
        "selling_date",
        "selling_branchoffice",
        "employee",
        "payment_method",
    ];

    /// <summary>No list of a school has it.</summary>
    private const string NoSuchId = "999999999";

    /// <summary>Values that are malformed, by field.</summary>
    public static IReadOnlyList<(string Field, JsonNode? Value)> MalformedOfClient =>
        [
            ("last_name", ""),
            ("first_name", "  "),
            ("phone", "позвоните мне"),
            ("email", "не адрес"),
            ("courses", "10985"),
            ("branchoffices", new JsonArray()),
            ("birthdate", "29.11.2009"),
            ("gender", "X"),
        ];

    /// <summary>IDs that do not exist, by field.</summary>
    public static IReadOnlyList<(string Field, JsonNode? Value)> UnknownOfClient =>
        [("courses", new JsonArray(NoSuchId)), ("branchoffices", new JsonArray(NoSuchId))];

    /// <inheritdoc cref="MalformedOfClient"/>
    public static IReadOnlyList<(string Field, JsonNode? Value)> MalformedOfTicket =>
        [
            ("price_initial", "много"),
            ("discount", "-300.00"),
            ("price_final", "1.00"), // not the price less the discount
            ("selling_date", "13.12.2020"),
            ("payment_method", "CARD"),
        ];

    /// <summary>What the stand cannot know, by field.</summary>
    public IReadOnlyList<(string Field, JsonNode? Value)> UnknownOfTicket =>
        [("ticket_type", "Нет такого типа абонемента"), ("client_origin_id", OriginId("nobody")), ("selling_branchoffice", NoSuchId)];

    /// <summary>The external ID of one of this run's records.</summary>
    public string OriginId(string name) => $"{ConformanceOptions.Prefix}{options.Run}-{name.Replace('_', '-')}";

    /// <summary>A client with every field.</summary>
    public Client Client(string originId) =>
        new()
        {
            OriginId = originId,
            LastName = "Проверкин",
            FirstName = "Тест",
            Phone = options.Phone,
            Email = "b24sync-test@example.com",
            Courses = options.Courses,
            BranchOffices = [options.BranchOffice],
            Birthdate = "2009-11-29",
            Gender = "M",
            AdditionalData = "Проверкина Анна",
        };

    /// <summary>A ticket of a client.</summary>
    public Ticket Ticket(string originId, string clientOriginId) =>
        new()
        {
            OriginId = originId,
            ClientOriginId = clientOriginId,
            TicketType = options.TicketType,
            PriceInitial = "9000.00",
            Discount = "300.00",
            PriceFinal = "8700.00",
            SellingDate = "2020-12-13",
            SellingBranchOffice = options.SellingBranchOffice,
            Employee = options.Employee,
            PaymentMethod = "ONLINE",
        };

    /// <summary>The bytes of a client or ticket without one of its fields.</summary>
    public static byte[] Without<T>(T body, string field) => Changed(body, json => json.Remove(field));

    /// <summary>The bytes of a client or ticket with another value in one of its fields.</summary>
    public static byte[] With<T>(T body, string field, JsonNode? value) => Changed(body, json => json[field] = value?.DeepClone());

    private static byte[] Changed<T>(T body, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(OtmechalkaJson.Serialize(body))!.AsObject();
        change(json);
        return OtmechalkaJson.Serialize(json);
    }
}
