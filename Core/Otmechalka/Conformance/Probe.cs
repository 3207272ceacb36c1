using System.Globalization;
using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>What clients and tickets are tried with in the same way: found as sent, repeated, at once, with one fault.</summary>
internal sealed class Probe(Stand stand, Book book, Bodies bodies, TimeProvider time)
{
    private const int AtOnce = 5;
    private const int Looks = 4;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Whether what was sent is found at once, whole and unchanged.</summary>
    public async Task FoundAsync<T>(string check, string kind, string originId, T sent, string id, CancellationToken cancellationToken)
    {
        var found = await stand.FindAsync(kind, originId, cancellationToken);
        for (var look = 1; look < Looks && found.Status == 404; look++)
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
            found = await stand.FindAsync(kind, originId, cancellationToken);
            if (found.IsSuccess)
            {
                book.Note(check, Deviations.FoundLate, found);
                return;
            }
        }

        var deviation =
            found.Status == 404 ? Deviations.NotFound
            : Judge.OfSuccess(found, originId) is { } wrong ? wrong
            : found.Id != id ? Deviations.IdChanged
            : null;
        if (deviation is not null)
        {
            book.Note(check, deviation, found);
            return;
        }

        Same(check, sent, found);
    }

    /// <summary>Whether the values that were sent come back as they were.</summary>
    public bool Same<T>(string check, T sent, Exchange found)
    {
        var differences = ObjectFields.Compare(ObjectFields.Of(sent), found.Fields).Where(one => !IsSameSum(one)).ToList();
        var changed = differences.Where(one => found.Fields.Any(field => field.Name == one.Name)).ToList();
        return changed.Count > 0 ? book.Note(check, Deviations.ValueChanged, $"{found.Evidence}; {string.Join(", ", changed.Select(Text))}")
            : differences.Count > 0
                ? book.Note(check, Deviations.NotShown, $"{found.Evidence}; {string.Join(", ", differences.Select(one => one.Name))}")
            : book.Note(check, null, found);
    }

    /// <summary>Whether the same create once more makes no second record.</summary>
    public async Task RepeatAsync(string check, string kind, string originId, byte[] body, string id, CancellationToken cancellationToken)
    {
        var again = await stand.CreateAsync(kind, originId, body, cancellationToken);
        book.Remember(Singular(kind), originId, again);
        var deviation = again.Status switch
        {
            409 => null,
            200 or 201 => Judge.OfSuccess(again, originId) ?? (again.Id == id ? null : Deviations.Doubled),
            400 or 422 => Deviations.RepeatOtherwise,
            500 => Deviations.RepeatOtherwise,
            _ => Judge.OfSuccess(again, originId),
        };
        book.Note(check, deviation, deviation == Deviations.Doubled ? $"{again.Evidence}; id: {id}" : again.Evidence);
    }

    /// <summary>Whether creates of one record at the same moment make one.</summary>
    public async Task AtOnceAsync(string check, string kind, string originId, byte[] body, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, AtOnce).Select(_ => stand.CreateAsync(kind, originId, body, cancellationToken))
        );
        foreach (var answer in answers)
        {
            book.Remember(Singular(kind), originId, answer);
        }

        var ids = answers.Where(answer => answer.IsSuccess).Select(answer => answer.Id).Distinct().ToList();
        var found = await stand.FindAsync(kind, originId, cancellationToken);
        var evidence = $"{AtOnce} × POST api/{kind}/ → {string.Join(", ", answers.Select(Short))}";
        var deviation =
            ids.Count > 1 ? Deviations.DoubledAtOnce
            : found.Status == 404 ? Deviations.NotFound
            : Judge.OfSuccess(found, originId) is { } wrong ? wrong
            : answers.FirstOrDefault(answer => answer.IsSuccess && Judge.OfSuccess(answer, originId) is not null) is { } odd
                ? Judge.OfSuccess(odd, originId)
            : answers.All(answer => answer.IsSuccess || answer.Status == 409) ? null
            : Deviations.RepeatOtherwise;
        book.Note(check, deviation, evidence);
    }

    /// <summary>Whether a record with one fault is refused, and how.</summary>
    public async Task RefusedAsync(
        string check,
        string kind,
        string field,
        string originId,
        byte[] body,
        Deviation taken,
        CancellationToken cancellationToken
    )
    {
        var answer = await stand.CreateAsync(kind, originId.Length == 0 ? null : originId, body, cancellationToken);
        book.Remember(Singular(kind), originId, answer);
        book.Note(check, Judge.OfRefusal(answer, originId, field, taken), answer, field);
    }

    /// <summary>Leaves out each required field in turn.</summary>
    public async Task MissingAsync<T>(
        string check,
        string kind,
        IEnumerable<string> fields,
        Func<string, T> make,
        CancellationToken cancellationToken
    )
    {
        foreach (var field in fields)
        {
            var originId = bodies.OriginId($"{kind[0]}-no-{field}");
            var sent = field == "origin_id" ? "" : originId;
            var body = Bodies.Without(make(originId), field);
            await RefusedAsync(check, kind, field, sent, body, Deviations.IncompleteTaken, cancellationToken);
        }
    }

    /// <summary>Puts each wrong value into its field in turn.</summary>
    public async Task WrongAsync<T>(
        string check,
        string kind,
        IEnumerable<(string Field, JsonNode? Value)> values,
        Func<string, T> make,
        Deviation taken,
        CancellationToken cancellationToken
    )
    {
        foreach (var (field, value) in values)
        {
            var originId = bodies.OriginId($"{kind[0]}-bad-{field}-{taken.Code[0]}");
            await RefusedAsync(check, kind, field, originId, Bodies.With(make(originId), field, value), taken, cancellationToken);
        }
    }

    // 9000.00, 9000.0 and 9000 are one sum.
    private static bool IsSameSum(FieldDifference one) =>
        (one.Name.StartsWith("price_", StringComparison.Ordinal) || one.Name == "discount")
        && one.Held is [var held]
        && decimal.TryParse(held, NumberStyles.Number, CultureInfo.InvariantCulture, out var there)
        && decimal.TryParse(one.Sent[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var sent)
        && there == sent;

    private static string Text(FieldDifference one) => $"{one.Name}: «{string.Join(' ', one.Sent)}» → «{string.Join(' ', one.Held)}»";

    private static string Singular(string kind) => kind.TrimEnd('s');

    private static string Short(Exchange answer) =>
        answer.Failure ?? FormattableString.Invariant($"{answer.Status}{(answer.Id.Length > 0 ? " id " : "")}{answer.Id}");
}
