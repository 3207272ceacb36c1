namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>The points of the contract (docs/otmechalka-api.yaml) that a run looks at, in its order.</summary>
public static class Checks
{
    /// <summary>The address answers a search for nobody with 404.</summary>
    public const string ClientAbsent = "client.absent";

    /// <summary>Without a key nothing is answered.</summary>
    public const string KeyNone = "key.none";

    /// <summary>With a wrong key nothing is answered.</summary>
    public const string KeyWrong = "key.wrong";

    /// <summary>A whole client is created.</summary>
    public const string ClientCreate = "client.create";

    /// <summary>It is found at once, as it was sent.</summary>
    public const string ClientFound = "client.found";

    /// <summary>A repeated create makes no second one.</summary>
    public const string ClientRepeat = "client.repeat";

    /// <summary>An update changes it.</summary>
    public const string ClientUpdate = "client.update";

    /// <summary>An update without an optional value empties it.</summary>
    public const string ClientUpdateEmpties = "client.update.empties";

    /// <summary>An update of nobody creates nobody.</summary>
    public const string ClientUpdateAbsent = "client.update.absent";

    /// <summary>A client without a required field is refused.</summary>
    public const string ClientMissing = "client.missing";

    /// <summary>A client with a malformed field is refused.</summary>
    public const string ClientMalformed = "client.malformed";

    /// <summary>A course or branch office that does not exist is refused.</summary>
    public const string ClientUnknown = "client.unknown";

    /// <summary>No body at all.</summary>
    public const string BodyEmpty = "body.empty";

    /// <summary>A body that is no JSON.</summary>
    public const string BodyBroken = "body.broken";

    /// <summary>A list instead of an object.</summary>
    public const string BodyList = "body.list";

    /// <summary>A body of two mebibytes.</summary>
    public const string BodyBig = "body.big";

    /// <summary>Plain text instead of JSON.</summary>
    public const string BodyType = "body.type";

    /// <summary>Russian letters come back as they were sent.</summary>
    public const string TextCyrillic = "text.cyrillic";

    /// <summary>So does an emoji.</summary>
    public const string TextEmoji = "text.emoji";

    /// <summary>So do quotes and angle brackets.</summary>
    public const string TextMarkup = "text.markup";

    /// <summary>Creates of one client at the same moment make one.</summary>
    public const string ClientConcurrent = "client.concurrent";

    /// <summary>A search for a ticket that is not there.</summary>
    public const string TicketAbsent = "ticket.absent";

    /// <summary>A whole ticket is created.</summary>
    public const string TicketCreate = "ticket.create";

    /// <summary>It is found at once, as it was sent.</summary>
    public const string TicketFound = "ticket.found";

    /// <summary>A repeated create makes no second one.</summary>
    public const string TicketRepeat = "ticket.repeat";

    /// <summary>A ticket without a required field is refused.</summary>
    public const string TicketMissing = "ticket.missing";

    /// <summary>A ticket with a malformed field is refused.</summary>
    public const string TicketMalformed = "ticket.malformed";

    /// <summary>A ticket type, client or branch office that does not exist is refused.</summary>
    public const string TicketUnknown = "ticket.unknown";

    /// <summary>Creates of one ticket at the same moment make one.</summary>
    public const string TicketConcurrent = "ticket.concurrent";

    /// <summary>Every answer says that it is JSON.</summary>
    public const string AnswersType = "answers.type";

    /// <summary>What a manager reads is Russian.</summary>
    public const string AnswersRussian = "answers.russian";

    /// <summary>No answer repeats the key.</summary>
    public const string AnswersKey = "answers.key";

    /// <summary>Every request gets its answer.</summary>
    public const string AnswersAll = "answers.all";

    /// <summary>Answers come well within the time that the product waits.</summary>
    public const string AnswersSpeed = "answers.speed";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        ClientAbsent,
        KeyNone,
        KeyWrong,
        ClientCreate,
        ClientFound,
        ClientRepeat,
        ClientUpdate,
        ClientUpdateEmpties,
        ClientUpdateAbsent,
        ClientMissing,
        ClientMalformed,
        ClientUnknown,
        BodyEmpty,
        BodyBroken,
        BodyList,
        BodyBig,
        BodyType,
        TextCyrillic,
        TextEmoji,
        TextMarkup,
        ClientConcurrent,
        TicketAbsent,
        TicketCreate,
        TicketFound,
        TicketRepeat,
        TicketMissing,
        TicketMalformed,
        TicketUnknown,
        TicketConcurrent,
        AnswersType,
        AnswersRussian,
        AnswersKey,
        AnswersAll,
        AnswersSpeed,
    ];
}
