using System.Text.RegularExpressions;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>What shows only in all answers together.</summary>
internal static partial class AnswerChecks
{
    /// <summary>Of the time that the product waits, so much is well within.</summary>
    private const double Well = 0.5;

    public static void Run(Stand stand, Book book, OtmechalkaOptions options, SecretMask mask)
    {
        var answers = stand.Exchanges.Where(answer => answer.Failure is null).ToList();
        Note(Checks.AnswersType, Deviations.TypeOtherwise, answers.Find(answer => answer.IsObject && !IsJson(answer)), Type);
        Note(Checks.AnswersRussian, Deviations.NotRussian, answers.Find(answer => IsForManagers(answer) && !IsRussian(answer)), null);
        Note(Checks.AnswersKey, Deviations.KeyEchoed, answers.Find(answer => mask.Apply(answer.Body) != answer.Body), null);
        book.Note(
            Checks.AnswersAll,
            stand.Lost > 0 ? Deviations.AnswersLost : null,
            FormattableString.Invariant($"{stand.Lost} / {stand.Exchanges.Count}{Codes(stand)}")
        );
        book.Note(
            Checks.AnswersSpeed,
            stand.Slowest > options.Timeout * Well ? Deviations.Slow : null,
            FormattableString.Invariant($"{stand.Slowest.TotalSeconds:0.0} s, Otmechalka__Timeout {options.Timeout:c}")
        );

        void Note(string check, Deviation deviation, Exchange? answer, Func<Exchange, string>? what) =>
            book.Note(check, answer is null ? null : deviation, answer is null ? "" : (what?.Invoke(answer) ?? "") + answer.Evidence);
    }

    private static string Type(Exchange answer) => $"Content-Type: {answer.ContentType ?? "–"}; ";

    private static bool IsJson(Exchange answer) =>
        answer.ContentType is { } type
        && (
            type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        );

    // What becomes a status text: the refusals of a record.
    private static bool IsForManagers(Exchange answer) =>
        answer is { Question.Body: not null, Status: >= 400 and < 500 and not (401 or 402 or 403 or 404 or 408 or 429) };

    private static bool IsRussian(Exchange answer) =>
        ErrorReader.Read(answer.Body).Text is var text && (text.Length == 0 || Cyrillic().IsMatch(OwnWords(text)));

    // The product itself translates the names of fields: only what the stand said counts.
    private static string OwnWords(string text) =>
        OtmechalkaTexts.Fields.Values.Aggregate(text, (rest, words) => rest.Replace(words, "", StringComparison.Ordinal));

    private static string Codes(Stand stand)
    {
        var codes = stand
            .Exchanges.Where(answer => answer.IsOutage)
            .CountBy(answer => answer.Failure ?? FormattableString.Invariant($"HTTP {answer.Status}"))
            .Select(pair => FormattableString.Invariant($"{pair.Key} × {pair.Value}"));
        return string.Join(", ", codes) is { Length: > 0 } text ? $": {text}" : "";
    }

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();
}
