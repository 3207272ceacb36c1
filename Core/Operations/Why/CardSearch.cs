using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>
/// Searches the cards of one job by what they tell of a person. Bitrix24 silently drops a condition that it does not know and then lists
/// anything, so every card is checked against what was asked for.
/// </summary>
internal sealed class CardSearch(Bitrix24Client bitrix24, JobDefinition job)
{
    private readonly CardFinder finder = new(bitrix24, job.Table);

    /// <summary>Cards in whose names all the words stand; where there is none, those with the most of them.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<SearchResult> ByNameAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(NameConditions(words), cancellationToken);
        var folded = words.Select(PersonKeys.Fold).Where(word => word.Length > 0).ToList();
        var scored = found.Cards.Select(card => (Card: card, Score: Score(card, folded))).Where(pair => pair.Score.Words > 0).ToList();
        var most = scored.Count == 0 ? 0 : scored.Max(pair => pair.Score.Words);
        return found with
        {
            Cards =
            [
                .. scored
                    .Where(pair => pair.Score.Words == most)
                    .OrderByDescending(pair => pair.Score.Whole)
                    .ThenByDescending(pair => pair.Card.Number)
                    .Select(pair => pair.Card),
            ],
        };
    }

    /// <summary>Cards with this phone number, in whatever notation, as far as Bitrix24 finds them.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<SearchResult> ByPhoneAsync(string digits, string asTyped, CancellationToken cancellationToken)
    {
        if (job.Person.Phone is not { } phone)
        {
            return SearchResult.None;
        }

        // The portal's index of duplicates comes first: it knows a phone in more notations than can be asked for.
        var indexed = await finder.IdsByPhoneAsync(PhoneNotations.OnlyDigits(digits), cancellationToken);
        var searches = indexed
            .Select(id => new[] { new SearchCondition("ID", id) })
            .Concat(PhoneNotations.Of(digits, asTyped).Select(notation => new[] { new SearchCondition(phone, notation) }));
        var found = await finder.FindAsync([.. searches], cancellationToken);
        return found with { Cards = [.. found.Cards.Where(HasPhone)] };

        bool HasPhone(Card card) => card.Values(phone).Any(value => value == asTyped || FieldFormats.Phone(value) == digits);
    }

    /// <summary>Cards about this contact.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now, or ignores the filter.</exception>
    public async Task<SearchResult> OfContactAsync(string contact, CancellationToken cancellationToken)
    {
        if (job.Person.Contact is not { } column)
        {
            return SearchResult.None;
        }

        var found = await finder.FindAsync(
            [
                [new SearchCondition(column, contact)],
            ],
            cancellationToken
        );
        return found.Cards.All(card => card.Reference(column) == contact) ? found : throw KeysetChain.Ignored("filter");
    }

    /// <summary>Other cards that are the same pupil.</summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<SearchResult> SamePupilAsync(Card card, CancellationToken cancellationToken)
    {
        var keys = PersonKeys.Of(job.Person, card);
        if (
            keys.Count == 0
            || job.Person.Pupil is not { } pupil
            || card.Text(pupil.LastName) is not { } last
            || card.Text(pupil.FirstName) is not { } first
        )
        {
            return SearchResult.None;
        }

        var found = await finder.FindAsync(
            [
                [new SearchCondition(pupil.LastName, last), new SearchCondition(pupil.FirstName, first)],
            ],
            cancellationToken
        );
        return found with
        {
            Cards = [.. found.Cards.Where(other => other.Id != card.Id && PersonKeys.Of(job.Person, other).Intersect(keys).Any())],
        };
    }

    private IEnumerable<NameColumns> Names => new[] { job.Person.Pupil, job.Person.Parent }.OfType<NameColumns>();

    // Two words together are looked for as surname and first name, so that «Иванов Иван» is found among a thousand of each.
    private List<SearchCondition[]> NameConditions(IReadOnlyList<string> words)
    {
        var pairs =
            from names in Names
            from last in words
            from first in words
            where last != first
            select new[] { new SearchCondition("%" + names.LastName, last), new SearchCondition("%" + names.FirstName, first) };
        var singles =
            from word in words
            from column in Names.SelectMany(names => new[] { names.LastName, names.FirstName })
            select new[] { new SearchCondition("%" + column, word) };
        return [.. pairs, .. singles];
    }

    private (int Words, int Whole) Score(Card card, List<string> words)
    {
        var names = Names
            .SelectMany(columns => new[] { card.Text(columns.LastName), card.Text(columns.FirstName) })
            .OfType<string>()
            .SelectMany(name => name.Split(' ').Append(name))
            .Select(PersonKeys.Fold)
            .ToList();
        return (
            words.Count(word => names.Exists(name => name.Contains(word, StringComparison.Ordinal))),
            words.Count(word => names.Contains(word))
        );
    }
}
