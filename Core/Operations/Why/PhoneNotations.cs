namespace B24Otmechalka.Core.Operations.Why;

/// <summary>
/// The ways in which people write one phone number. Bitrix24 finds a phone only as it was typed (docs/bitrix24.md, section 4), so each is
/// asked for.
/// </summary>
internal static class PhoneNotations
{
    private const int DigitsOfRussianNumber = 11;

    /// <summary>The notations, the frequent ones first.</summary>
    /// <param name="digits">The digits of the international number.</param>
    /// <param name="asTyped">What the operator typed.</param>
    public static IReadOnlyList<string> Of(string digits, string asTyped)
    {
        List<string> notations = [.. OnlyDigits(digits), asTyped];
        if (IsRussian(digits))
        {
            var (area, first, second, third) = (digits[1..4], digits[4..7], digits[7..9], digits[9..11]);
            notations.AddRange([$"{area}{first}-{second}-{third}", $"({area}) {first}-{second}-{third}"]);
            foreach (var country in new[] { "+7", "8", "7" })
            {
                notations.AddRange([
                    $"{country} ({area}) {first}-{second}-{third}",
                    $"{country} {area} {first}-{second}-{third}",
                    $"{country}({area}){first}-{second}-{third}",
                    $"{country}-{area}-{first}-{second}-{third}",
                    $"{country} {area} {first} {second} {third}",
                    $"{country} ({area}) {first}{second}{third}",
                    $"{country} ({area}) {first} {second} {third}",
                    $"{country}({area}){first}{second}{third}",
                    $"{country} {area} {first}{second}{third}",
                ]);
            }
        }

        return [.. notations.Distinct()];
    }

    /// <summary>The notations without signs.</summary>
    public static IReadOnlyList<string> OnlyDigits(string digits) =>
        IsRussian(digits) ? ["+" + digits, digits, "8" + digits[1..], digits[1..]] : ["+" + digits, digits];

    private static bool IsRussian(string digits) => digits.Length == DigitsOfRussianNumber && digits[0] == '7';
}
