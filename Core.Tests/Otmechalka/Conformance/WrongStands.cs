using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Core.Tests.Otmechalka.Conformance;

/// <summary>
/// Stands that are wrong in one way each, and what a report has to say of each: the check and the deviation, nothing more.
/// </summary>
internal static partial class WrongStands
{
    /// <summary>All of them by name.</summary>
    public static readonly IReadOnlyDictionary<string, (Action<WrongStand> Make, string[] Says)> All = new Dictionary<
        string,
        (Action<WrongStand>, string[])
    >
    {
        ["none"] = (_ => { }, []),
        ["201 for a create"] = (stand => stand.Options.CreatedStatus = 201, []),
        ["makes doubles"] = (
            stand => stand.Options.RejectDuplicates = false,
            ["client.repeat/doubled", "client.concurrent/doubledAtOnce", "ticket.repeat/doubled", "ticket.concurrent/doubledAtOnce"]
        ),
        ["makes doubles at the same moment"] = (
            stand => stand.Before = request => Turn(() => stand.Options.RejectDuplicates = !request.Body.Contains("at-once", Ordinal)),
            ["client.concurrent/doubledAtOnce", "ticket.concurrent/doubledAtOnce"]
        ),
        ["takes any ticket type"] = (
            stand => stand.Options.TicketTypes = new Dictionary<string, string>(),
            ["ticket.unknown/unknownTaken ticket_type"]
        ),
        ["takes any course and branch office"] = (
            stand =>
                (stand.Options.Courses, stand.Options.BranchOffices) = (new Dictionary<string, string>(), new Dictionary<string, string>()),
            [
                "client.unknown/unknownTaken courses",
                "client.unknown/unknownTaken branchoffices",
                "ticket.unknown/unknownTaken selling_branchoffice",
            ]
        ),
        ["keeps old values"] = (stand => stand.Options.UpdateKeepsAbsentValues = true, ["client.update.empties/oldValueStays"]),
        ["takes any key"] = (
            stand => stand.Before = request => Turn(() => stand.Options.ApiKey = KeyOf(request)),
            ["key.wrong/keyIgnored"]
        ),
        ["loses every third request"] = (
            stand => stand.FaultOf = (_, number) => number % 3 == 0 ? Fault.DropBeforeCommit : null,
            ["answers.all/answersLost"]
        ),
        ["carries out every fifth request and loses the answer"] = (
            stand => stand.FaultOf = (_, number) => number % 5 == 0 ? Fault.DropAfterCommit : null,
            ["answers.all/answersLost"]
        ),
        ["500 for a missing field"] = (
            stand => stand.After = (_, answer) => answer.Body.Contains("Обязательное поле", Ordinal) ? Detail(500) : answer,
            [.. Missing("client", "errorIs500"), .. Missing("ticket", "errorIs500")]
        ),
        ["200 for an error"] = (
            stand => stand.After = (_, answer) => answer.Status == 400 && IsOfFields(answer) ? answer with { Status = 200 } : answer,
            [.. AllRefusals("errorIsSuccess")]
        ),
        ["a page for an error"] = (
            stand =>
                stand.After = (_, answer) =>
                    answer.Status == 400 && IsOfFields(answer) ? SandboxResponse.Html(400, "Проверьте данные") : answer,
            [.. AllRefusals("errorIsPage")]
        ),
        ["silent about errors"] = (
            stand => stand.After = (_, answer) => answer.Status == 400 && IsOfFields(answer) ? answer with { Body = "{}" } : answer,
            [.. AllRefusals("errorSilent")]
        ),
        ["names no field"] = (
            stand => stand.After = (_, answer) => answer.Status == 400 && IsOfFields(answer) ? Detail(400) : answer,
            [.. AllRefusals("errorUnnamed")]
        ),
        ["English"] = (
            stand =>
                stand.After = (_, answer) => answer.Status == 400 ? answer with { Body = Letters().Replace(answer.Body, "x") } : answer,
            ["answers.russian/notRussian"]
        ),
        ["another ID in the answer"] = (
            stand => stand.After = (request, answer) => request.Method == "POST" ? With(answer, "origin_id", "39558") : answer,
            ["client.create/otherRecord"]
        ),
        ["finds nothing"] = (
            stand => stand.Before = request => request.Method == "GET" && IsKnown(stand, request) ? Detail(404) : null,
            [
                "client.found/notFound",
                "client.update/notFound",
                "client.concurrent/notFound",
                "text.cyrillic/notFound",
                "text.markup/notFound",
                "text.emoji/notFound",
                "ticket.found/notFound",
                "ticket.concurrent/notFound",
            ]
        ),
        ["loses emoji"] = (
            stand => stand.After = (_, answer) => answer with { Body = answer.Body.Replace("\\uD83D\\uDC34", "?", Ordinal) },
            ["text.emoji/valueChanged"]
        ),
        ["500 for an emoji"] = (stand => stand.Before = request => HasHorse(request.Body) ? Detail(500) : null, ["text.emoji/goodFails"]),
        ["HTML in place of quotes"] = (
            stand => stand.After = (_, answer) => answer with { Body = answer.Body.Replace("\\u003Cb\\u003E", "&lt;b&gt;", Ordinal) },
            ["text.markup/valueChanged"]
        ),
        ["takes changes and makes none"] = (
            stand => stand.Before = request => IsUpdate(stand, request) ? Show(stand, request) : null,
            ["client.update/updateIgnored", "client.update.empties/oldValueStays"]
        ),
        ["says that its JSON is text"] = (
            stand => stand.After = (_, answer) => answer with { ContentType = "text/html" },
            ["answers.type/typeOtherwise"]
        ),
        ["repeats the key"] = (
            stand => stand.After = (request, answer) => answer.Status == 400 ? With(answer, "request", KeyOf(request)) : answer,
            ["answers.key/keyEchoed"]
        ),
        ["slow"] = (
            stand => stand.FaultOf = (_, number) => number == 9 ? Fault.Delay(TimeSpan.FromSeconds(20)) : null,
            ["answers.speed/slow"]
        ),
        ["full"] = (stand => stand.Options.MaxClients = 0, ["client.create/goodRefused"]),
        ["404 for nobody is a page"] = (
            stand => stand.After = (_, answer) => answer.Status == 404 ? SandboxResponse.Html(404, "Not Found") : answer,
            ["client.absent/absentIsPage", "ticket.absent/absentIsPage"]
        ),
        ["200 {} for nobody"] = (
            stand => stand.After = (_, answer) => answer.Status == 404 ? SandboxResponse.Json(200, "{}") : answer,
            ["client.absent/absentIsSuccess", "ticket.absent/absentIsSuccess", "client.update.absent/errorIsSuccess"]
        ),
        ["200 {} for everything"] = (
            stand => stand.Before = _ => SandboxResponse.Json(200, "{}"),
            [
                "client.absent/absentIsSuccess",
                "key.none/keyIgnored",
                "key.wrong/keyIgnored",
                "ticket.absent/absentIsSuccess",
                "client.create/noObject",
                "client.update.absent/errorIsSuccess",
                .. Refusals("client", "errorIsSuccess"),
                .. Bodies("errorIsSuccess"),
            ]
        ),
        ["a wrong key is a record's error"] = (
            stand => stand.After = (_, answer) => answer.Status == 401 ? answer with { Status = 400 } : answer,
            ["key.none/keyAsRecord", "key.wrong/keyAsRecord"]
        ),
        ["a bad body breaks the connection"] = (
            stand => stand.FaultOf = (request, _) => request.Body.Length > 100_000 ? Fault.DropBeforeCommit : null,
            ["body.big/bigFails", "answers.all/answersLost"]
        ),
    };

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static Dictionary<string, (string[] Required, string[] Malformed, string[] Unknown)> Fields =>
        new()
        {
            ["client"] = (
                ["origin_id", "last_name", "first_name", "phone", "courses", "branchoffices", "gender"],
                ["last_name", "first_name", "phone", "email", "courses", "branchoffices", "birthdate", "gender"],
                ["courses", "branchoffices"]
            ),
            ["ticket"] = (
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
                ],
                ["price_initial", "discount", "price_final", "selling_date", "payment_method"],
                ["ticket_type", "client_origin_id", "selling_branchoffice"]
            ),
        };

    private static string[] AllRefusals(string deviation) => [.. Refusals("client", deviation), .. Refusals("ticket", deviation)];

    private static IEnumerable<string> Refusals(string kind, string deviation) =>
        [
            .. Missing(kind, deviation),
            .. Fields[kind].Malformed.Select(field => $"{kind}.malformed/{deviation} {field}"),
            .. Fields[kind].Unknown.Select(field => $"{kind}.unknown/{deviation} {field}"),
        ];

    private static IEnumerable<string> Missing(string kind, string deviation) =>
        Fields[kind].Required.Select(field => $"{kind}.missing/{deviation} {field}");

    private static IEnumerable<string> Bodies(string deviation) => OddBodies.Select(body => $"body.{body}/{deviation}");

    private static string[] OddBodies => ["empty", "broken", "list", "type", "big"];

    // As a character, or as JSON may write it.
    private static bool HasHorse(string body) => body.Contains("🐴", Ordinal) || body.Contains("\\uD83D\\uDC34", Ordinal);

    private static SandboxResponse? Turn(Action act)
    {
        act();
        return null;
    }

    private static string KeyOf(SandboxRequest request) => (request.Header("Authorization") ?? "").Replace("Token ", "", Ordinal);

    private static SandboxResponse Detail(int status) => SandboxResponse.Json(status, """{"detail":"Что-то пошло не так."}""");

    // Not of a body that could not be read at all.
    private static bool IsOfFields(SandboxResponse answer) => !answer.Body.Contains("\"detail\"", Ordinal);

    private static SandboxResponse With(SandboxResponse answer, string member, string value)
    {
        var body = JsonNode.Parse(answer.Body)!.AsObject();
        if (answer.Status == 200 && !body.ContainsKey("id"))
        {
            return answer;
        }

        if (answer.Status == 200 || member == "request")
        {
            body[member] = value;
        }

        return answer with
        {
            Body = body.ToJsonString(),
        };
    }

    private static bool IsKnown(WrongStand stand, SandboxRequest request) =>
        IdOf(request) is var id && (stand.Store.FindClient(id) is not null || stand.Store.FindTicket(id) is not null);

    private static bool IsUpdate(WrongStand stand, SandboxRequest request) =>
        request.Method == "POST" && request.Path.Length > "/api/clients/".Length && stand.Store.FindClient(IdOf(request)) is not null;

    private static SandboxResponse Show(WrongStand stand, SandboxRequest request)
    {
        var client = stand.Store.FindClient(IdOf(request))!;
        var body = client.Body;
        body["id"] = client.Id;
        return SandboxResponse.Json(200, body.ToJsonString());
    }

    private static string IdOf(SandboxRequest request) => request.Path.TrimEnd('/').Split('/')[^1];

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Letters();
}
