using System.Globalization;
using System.Text;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>
/// By what two cards are the same pupil: the same names and birth date, or the same names and phone. Each of them takes a place among the
/// active clients that fit (docs/spec.md, section 4.2).
/// </summary>
internal static class PersonKeys
{
    /// <summary>The keys of a card; two cards with a key in common are one pupil. None where the pupil is not named in full.</summary>
    public static IReadOnlyList<string> Of(PersonColumns person, Card card)
    {
        if (
            person.Pupil is not { } pupil
            || card.Text(pupil.LastName) is not { } lastName
            || card.Text(pupil.FirstName) is not { } firstName
        )
        {
            return [];
        }

        var names = Fold(lastName) + "|" + Fold(firstName);
        var keys = new List<string>();
        if (person.Birthdate is { } column && card.Text(column) is { } birthdate && FieldFormats.Date(birthdate) is { } date)
        {
            keys.Add($"{names}|{date}");
        }

        if (person.Phone is { } phone && card.FirstValue(phone) is { } typed && FieldFormats.Phone(typed) is { } digits)
        {
            keys.Add($"{names}|{digits}");
        }

        return keys;
    }

    /// <summary>A name as it is compared: people write ё as е, and leave out or double blanks and hyphens.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                var lower = Rune.ToLower(rune, CultureInfo.InvariantCulture);
                folded.Append(lower.Value == 'ё' ? "е" : lower.ToString());
            }
        }

        return folded.ToString();
    }
}
