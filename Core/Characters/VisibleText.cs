using System.Globalization;
using System.Text;

namespace B24Otmechalka.Core.Characters;

/// <summary>
/// Which characters of a text somebody sees. Copied from a page, a table or a messenger, a text brings others along: two
/// names that look the same are then different, and a field that looks empty is not. This is the only place that knows them.
/// </summary>
internal static class VisibleText
{
    /// <summary>What stands where a character was broken: half an emoji, or bytes that are no UTF-8.</summary>
    public const char Broken = '\uFFFD';

    /// <summary>The text without blanks and unseen characters at its ends; <see langword="null"/> when nothing is left.</summary>
    public static string? Trim(string? text)
    {
        var rest = text.AsSpan();
        while (Rune.DecodeFromUtf16(rest, out var first, out var length) == System.Buffers.OperationStatus.Done && IsBlank(first))
        {
            rest = rest[length..];
        }

        while (Rune.DecodeLastFromUtf16(rest, out var last, out var length) == System.Buffers.OperationStatus.Done && IsBlank(last))
        {
            rest = rest[..^length];
        }

        return rest.IsEmpty ? null
            : rest.Length == text!.Length ? text
            : rest.ToString();
    }

    /// <summary>
    /// A name as people read it. Line breaks and tabs inside become one blank. Other control characters and those format
    /// characters that only hide, such as a soft hyphen or a zero-width space, go: with them nobody finds the name by typing
    /// it, and otmechalka does not know the product. Joiners and variation selectors stay, because emoji and some scripts
    /// look different without them.
    /// </summary>
    public static string Name(string text)
    {
        var name = new StringBuilder(text.Length);
        var linePassed = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsLineBreakOrTab(rune))
            {
                linePassed = true;
            }
            else if (!IsDropped(rune) && !(linePassed && Rune.IsWhiteSpace(rune)))
            {
                name.Append(linePassed ? TakeBlank(name) : "").Append(rune);
                linePassed = false;
            }
        }

        return Trim(name.ToString()) ?? "";
    }

    /// <summary>Whether nobody sees the character, though it may change how its neighbours look. A blank is seen.</summary>
    public static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || IsNoCharacter(rune)
        || IsIgnorable(rune.Value);

    /// <summary>Whether a blank, an unseen or a broken character stands in the text: no code and no ID has one.</summary>
    public static bool IsWithin(string text) => text.EnumerateRunes().Any(rune => IsBlank(rune) || rune == Rune.ReplacementChar);

    // U+2800 is the blank of Braille
    private static bool IsBlank(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value == 0x2800 || IsUnseen(rune);

    private static bool IsLineBreakOrTab(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsDropped(Rune rune) =>
        IsNoCharacter(rune)
        || Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => true,
            // Joiners, the signs of Arabic numbers and the parts of flags stay.
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D or (>= 0x0600 and <= 0x08E2 and not 0x061C) or >= 0x10000),
            _ => false,
        };

    // Unicode's Default_Ignorable_Code_Point, as far as it is neither control nor format: fillers of Hangul, selectors of
    // variants, and those that Unicode keeps for more of the kind.
    private static bool IsIgnorable(int code) =>
        code
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2065
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0xE0000 and <= 0xE0FFF);

    // U+FFFE, U+FFFF and their like are none by definition.
    private static bool IsNoCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    private static string TakeBlank(StringBuilder name)
    {
        while (name.Length > 0 && char.IsWhiteSpace(name[^1]))
        {
            name.Length--;
        }

        return " ";
    }
}
