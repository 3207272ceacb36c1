using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Characters;
using PhoneNumbers;

namespace B24Otmechalka.Core.Mapping;

/// <summary>
/// Reads one phone number and nothing else (docs/spec.md, section 5.1). What may stand in the text is decided here; libphonenumber is given
/// digits only and knows which numbers exist. By itself it is too kind: it turns the letters of 8-800-FLOWERS into digits,
/// and takes the first of two numbers.
/// </summary>
internal static partial class PhoneNotation
{
    private const string DefaultRegion = "RU";

    /// <summary>The most digits of an international number (E.164).</summary>
    private const int MostDigits = 15;

    /// <summary>The way out of Russia and a country's code: 810 375.</summary>
    private const int MostDigitsBeforeArea = 6;

    /// <summary>Longer than any notation of one number, and short enough for the expression below.</summary>
    private const int MostCharacters = 80;

    /// <summary>The digits of the international number; <see langword="null"/> when the text is not one number.</summary>
    public static string? Read(string text)
    {
        var plain = Plain(text);
        var match = plain.Length <= MostCharacters ? OneNumber().Match(plain) : Match.Empty;
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["number"].Value;
        if (number[..(number.LastIndexOf('(') + 1)].Count(char.IsAsciiDigit) > MostDigitsBeforeArea)
        {
            return null; // «+49 30 1234567 (12)»: what stands in the brackets is no area any more
        }

        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        var isInternational = match.Groups["plus"].Success;
        if (!isInternational && digits.StartsWith("00", StringComparison.Ordinal))
        {
            (isInternational, digits) = (true, digits[2..]); // as it is dialled in most of Europe
        }

        // «+8 (495) …» means 8 (495) …, but +84 95 … is a number of Vietnam.
        return isInternational && LoneEight().IsMatch(number) ? null : International(isInternational ? "+" + digits : digits);
    }

    private static string? International(string digits)
    {
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            var number = phones.Parse(digits, DefaultRegion);
            var international = phones.Format(number, PhoneNumberFormat.E164).TrimStart('+');
            return phones.IsValidNumber(number) && international.Length <= MostDigits ? international : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The text in small letters, with one sort of digits, hyphens and blanks, and without what nobody sees.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.DecimalDigitNumber)
            {
                plain.Append((int)Rune.GetNumericValue(rune));
            }
            else if (category == UnicodeCategory.DashPunctuation || rune.Value is 0x2212 or 0x2043)
            {
                // U+2212 is the minus sign, U+2043 a bullet that looks like a hyphen.
                plain.Append('-');
            }
            else if (category == UnicodeCategory.SpaceSeparator || rune.Value is '\t' or 0x2800)
            {
                plain.Append(plain is [.., ' '] ? "" : " ");
            }
            else if (!VisibleText.IsUnseen(rune) || rune.Value is '\n' or '\r')
            {
                var narrow = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune; // full width
                plain.Append(Rune.ToLowerInvariant(narrow));
            }
        }

        return plain.ToString().Trim(' ');
    }

    // An extension follows a word, or a sign after which it is shorter than a local number: «123-45-67, 765-43-21» and
    // «…, 7654321» are two numbers. Neither a slash nor a line break is part of a number: people put them between two.
    [GeneratedRegex(
        """
            ^(?:tel:\ ?)?
            (?<number>[ (]*(?<plus>\+)?[ (]*[0-9](?:[-0-9 ().]*[0-9])?)[ ).-]*
            (?:
              [ (,;]*(?:;ext=|(?:доб(?:ав|авочный)?|доп|вн(?:утр|утренний)?|ext(?:n|ension)?|[xх\#])[ .:=№-]*)[0-9]{1,7}[ )]*
              |,[, ]*[0-9]{1,5}
            )?
            [ .,;]*\z
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex OneNumber();

    [GeneratedRegex(@"^[ (]*\+[ (]*8[^0-9]")]
    private static partial Regex LoneEight();
}
