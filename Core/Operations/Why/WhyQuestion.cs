using System.Text.RegularExpressions;
using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>What an operator typed to find a pupil, understood: a card's address, an ID, a phone number, or words of a name.</summary>
public sealed partial record WhyQuestion
{
    /// <summary>More words than a name has only slow the search down.</summary>
    private const int MostWords = 4;

    private const int LeastDigitsOfPhone = 10;

    private WhyQuestion(string text) => Text = text;

    /// <summary>The text, on one line.</summary>
    public string Text { get; }

    /// <summary><c>contact</c> or <c>deal</c>, where the text says which; <see langword="null"/> where it does not.</summary>
    public string? Entity { get; private init; }

    /// <summary>The ID that it may be; <see langword="null"/> when it can be none.</summary>
    public string? Id { get; private init; }

    /// <summary>The portal whose card it is, where it is a whole address; <see langword="null"/> otherwise.</summary>
    public string? Portal { get; private init; }

    /// <summary>The digits of the international number, where it is a phone; <see langword="null"/> otherwise.</summary>
    public string? Phone { get; private init; }

    /// <summary>Whether it looks like a part of a phone number, by which Bitrix24 cannot search.</summary>
    public bool IsPartOfPhone { get; private init; }

    /// <summary>The words of a name; empty when it is none.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Whether there is nothing in it to search by: a single letter, or only signs.</summary>
    public bool IsTooShort => Id is null && Phone is null && !IsPartOfPhone && Words.Count == 0;

    /// <summary>Understands a text.</summary>
    public static WhyQuestion Read(string text)
    {
        var question = new WhyQuestion(PrintableText.OneLine(VisibleText.Name(text)));
        if (Address().Match(question.Text) is { Success: true } address)
        {
            var portal = Uri.TryCreate(question.Text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Authority : null;
            return question with { Entity = address.Groups["entity"].Value.ToLowerInvariant(), Id = IdOf(address), Portal = portal };
        }

        if (Record().Match(question.Text) is { Success: true } record)
        {
            var word = record.Groups["entity"].Value.ToLowerInvariant();
            var isNamed = word.Length > 0 || record.Groups["mark"].Length > 0;
            var digits = record.Groups["id"].Value;
            var phone = isNamed || digits.Length < LeastDigitsOfPhone ? null : FieldFormats.Phone(question.Text);
            return question with
            {
                Entity =
                    word.Length == 0 ? null
                    : word[0] is 'c' or 'к' ? "contact"
                    : "deal",
                Id = IdOf(record),
                Phone = phone,
            };
        }

        if (FieldFormats.Phone(question.Text) is { } number)
        {
            return question with { Phone = number };
        }

        return Digits().IsMatch(question.Text) ? question with { IsPartOfPhone = true } : question with { Words = WordsOf(question.Text) };
    }

    /// <summary>The same question about words typed with the other keyboard layout: <c>Gfnjd</c> for «Патов».</summary>
    /// <returns><see langword="null"/> when it is no such text.</returns>
    internal WhyQuestion? InRussianLayout() =>
        Words.Count > 0 && KeyboardLayout.ToRussian(Text) is { } russian && WordsOf(russian) is { Count: > 0 } words
            ? new WhyQuestion(russian) { Words = words }
            : null;

    private static string? IdOf(Match match) => match.Groups["id"].Value.TrimStart('0') is { Length: > 0 and <= 18 } id ? id : null;

    // The signs that LIKE knows are no part of a name.
    private static List<string> WordsOf(string text)
    {
        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(word => word.Trim('-', '\'', '’'))
            .Where(word => word.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(word => word.Length)
            .Take(MostWords)
            .ToList();
        return words is [{ Length: >= 2 }, ..] ? words : [];
    }

    private static readonly char[] Separators = [.. " \t,.;:!?()[]{}<>«»\"“”„%_*/\\|&+=#№"];

    [GeneratedRegex(@"(?:^|/)crm/(?<entity>contact|deal)/(?:details|show)/(?<id>[0-9]{1,18})(?:[/?#]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"^(?:(?<entity>contacts?|deals?|контакт[а-я]{0,2}|сделк[а-я]{0,2})[ :_-]*)?(?<mark>[№#]|id[ :=]+)? *(?<id>[0-9]{1,18})$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Record();

    [GeneratedRegex(@"^[-+0-9 ().]+$")]
    private static partial Regex Digits();
}
