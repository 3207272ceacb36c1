using System.Text;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>The life of one client, and all that is no client.</summary>
internal sealed class ClientChecks(Stand stand, Book book, Bodies bodies, Probe probe)
{
    private const string Kind = "clients";
    private const int BigBody = 2 * 1024 * 1024;

    private static readonly string[] NeedAClient =
    [
        Checks.ClientFound,
        Checks.ClientRepeat,
        Checks.ClientUpdate,
        Checks.ClientUpdateEmpties,
    ];

    /// <summary>Creates, finds, repeats and changes a client.</summary>
    /// <returns>Its external ID; <see langword="null"/> where none could be created.</returns>
    public async Task<string?> LiveAsync(CancellationToken cancellationToken)
    {
        var client = bodies.Client(bodies.OriginId("client"));
        var body = OtmechalkaJson.Serialize(client);
        var created = await stand.CreateAsync(Kind, client.OriginId, body, cancellationToken);
        book.Remember("client", client.OriginId, created);
        var deviation = Judge.OfSuccess(created, client.OriginId);
        if (deviation == Deviations.NoSuchAddress && await WorksWithoutSlashAsync(client, cancellationToken))
        {
            deviation = Deviations.NoSlash;
        }

        if (!book.Note(Checks.ClientCreate, deviation, created))
        {
            book.Skip(NeedAClient);
            return null;
        }

        await probe.FoundAsync(Checks.ClientFound, Kind, client.OriginId, client, created.Id, cancellationToken);
        await probe.RepeatAsync(Checks.ClientRepeat, Kind, client.OriginId, body, created.Id, cancellationToken);
        await UpdateAsync(client with { FirstName = "Испытание", Email = null }, created.Id, cancellationToken);
        return client.OriginId;
    }

    /// <summary>Changes a client that is not there.</summary>
    public async Task UpdateNobodyAsync(CancellationToken cancellationToken)
    {
        var nobody = bodies.Client(bodies.OriginId("update-nobody"));
        var answer = await ChangeAsync(nobody, cancellationToken);
        book.Remember("client", nobody.OriginId, answer);
        var deviation =
            answer.Status == 404 ? null
            : answer.IsSuccess && Judge.OfSuccess(answer, nobody.OriginId) is null ? Deviations.UpdateCreates
            : Judge.OfRefusal(answer, nobody.OriginId, null, Deviations.UpdateCreates) ?? Deviations.ErrorOtherStatus;
        book.Note(Checks.ClientUpdateAbsent, deviation, answer);
    }

    /// <summary>Sends clients with one fault each, and bodies that are no clients.</summary>
    public async Task RefusalsAsync(CancellationToken cancellationToken)
    {
        await probe.MissingAsync(Checks.ClientMissing, Kind, Bodies.RequiredOfClient, bodies.Client, cancellationToken);
        await probe.WrongAsync(
            Checks.ClientMalformed,
            Kind,
            Bodies.MalformedOfClient,
            bodies.Client,
            Deviations.MalformedTaken,
            cancellationToken
        );
        await probe.WrongAsync(
            Checks.ClientUnknown,
            Kind,
            Bodies.UnknownOfClient,
            bodies.Client,
            Deviations.UnknownTaken,
            cancellationToken
        );
        await BodyAsync(Checks.BodyEmpty, "", "application/json", cancellationToken);
        await BodyAsync(Checks.BodyBroken, "{\"origin_id\": ", "application/json", cancellationToken);
        await BodyAsync(Checks.BodyList, "[]", "application/json", cancellationToken);
        var typed = bodies.Client(bodies.OriginId("body-type"));
        await BodyAsync(Checks.BodyType, Encoding.UTF8.GetString(OtmechalkaJson.Serialize(typed)), "text/plain", cancellationToken);
        var big = bodies.Client(bodies.OriginId("body-big")) with { AdditionalData = new string('ж', BigBody / 2) };
        await BodyAsync(Checks.BodyBig, Encoding.UTF8.GetString(OtmechalkaJson.Serialize(big)), "application/json", cancellationToken);
    }

    /// <summary>Sends names with letters, signs and pictures that systems lose.</summary>
    public async Task TextsAsync(CancellationToken cancellationToken)
    {
        await TextAsync(Checks.TextCyrillic, "Ёжиков-Щукин", "Юлиё", cancellationToken);
        await TextAsync(Checks.TextMarkup, "О'Нил «Б»", "<b>Анна</b> & \"Ко\" \\ 100%", cancellationToken);
        await TextAsync(Checks.TextEmoji, "Проверкин", "Аня ♞🐴", cancellationToken);
    }

    private async Task UpdateAsync(Client changed, string id, CancellationToken cancellationToken)
    {
        var answer = await ChangeAsync(changed, cancellationToken);
        book.Remember("client", changed.OriginId, answer);
        if (Judge.OfSuccess(answer, changed.OriginId) is { } deviation)
        {
            book.Note(Checks.ClientUpdate, deviation, answer);
            book.Skip(Checks.ClientUpdateEmpties);
            return;
        }

        var found = await stand.FindAsync(Kind, changed.OriginId, cancellationToken);
        if (Judge.OfSuccess(found, changed.OriginId) is { } lost)
        {
            book.Note(Checks.ClientUpdate, found.Status == 404 ? Deviations.NotFound : lost, $"{answer.Evidence}; {found.Evidence}");
            book.Skip(Checks.ClientUpdateEmpties);
            return;
        }

        var isIgnored = found.ValueOf("first_name") is { } first && first != changed.FirstName;
        book.Note(
            Checks.ClientUpdate,
            found.Id != id || answer.Id != id ? Deviations.IdChanged
                : isIgnored ? Deviations.UpdateIgnored
                : null,
            $"{answer.Evidence}; {found.Evidence}"
        );
        var stays = found.ValueOf("email") is not null;
        book.Note(Checks.ClientUpdateEmpties, stays ? Deviations.OldValueStays : null, $"email: {(stays ? "b24sync-test@…" : "–")}");
    }

    private async Task TextAsync(string check, string lastName, string firstName, CancellationToken cancellationToken)
    {
        var client = bodies.Client(bodies.OriginId(check.Replace('.', '-'))) with { LastName = lastName, FirstName = firstName };
        var created = await stand.CreateAsync(Kind, client.OriginId, OtmechalkaJson.Serialize(client), cancellationToken);
        book.Remember("client", client.OriginId, created);
        if (Judge.OfSuccess(created, client.OriginId) is { } deviation)
        {
            book.Note(
                check,
                deviation == Deviations.GoodRefused && check == Checks.TextEmoji ? Deviations.TextRefused : deviation,
                created
            );
            return;
        }

        var found = await stand.FindAsync(Kind, client.OriginId, cancellationToken);
        if (found.Status == 404 || Judge.OfSuccess(found, client.OriginId) is not null)
        {
            book.Note(
                check,
                Judge.OfSuccess(found, client.OriginId) is { } wrong && found.Status != 404 ? wrong : Deviations.NotFound,
                found
            );
            return;
        }

        probe.Same(check, client, found);
    }

    private async Task BodyAsync(string check, string body, string contentType, CancellationToken cancellationToken)
    {
        var answer = await stand.AskAsync(
            new Question(HttpMethod.Post, $"api/{Kind}/")
            {
                Key = stand.Key,
                Body = Encoding.UTF8.GetBytes(body),
                ContentType = contentType,
            },
            cancellationToken
        );
        book.Remember("client", answer.ValueOf("origin_id") ?? "", answer);
        var deviation = Judge.OfRefusal(answer, "", null, Deviations.MalformedTaken);
        // The product sends nothing that is large: how such a body fails is its sender's matter.
        var isOnlyBig = check == Checks.BodyBig && (deviation == Deviations.ErrorIsOutage || deviation == Deviations.ErrorIs500);
        book.Note(check, isOnlyBig ? Deviations.BigFails : deviation, answer);
    }

    private Task<Exchange> ChangeAsync(Client client, CancellationToken cancellationToken) =>
        stand.AskAsync(
            new Question(HttpMethod.Post, Stand.PathOf(Kind, client.OriginId)) { Key = stand.Key, Body = OtmechalkaJson.Serialize(client) },
            cancellationToken
        );

    private async Task<bool> WorksWithoutSlashAsync(Client client, CancellationToken cancellationToken)
    {
        var answer = await stand.AskAsync(
            new Question(HttpMethod.Post, $"api/{Kind}") { Key = stand.Key, Body = OtmechalkaJson.Serialize(client) },
            cancellationToken
        );
        book.Remember("client", client.OriginId, answer);
        return Judge.OfSuccess(answer, client.OriginId) is null;
    }
}
