using System.Buffers;
using System.Globalization;
using System.Text;

namespace B24Otmechalka.Core.Characters;

/// <summary>
/// Blanks and characters that nobody sees. They get into a value when it is copied from a page, a table or a messenger,
/// and make it another value that looks the same.
/// </summary>
public static class InvisibleCharacters
{
    // Neither blank nor control nor format by their category, yet drawn as nothing: fillers and the empty Braille pattern.
    private static readonly int[] Fillers = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>Whether it is a blank, a line break, a control or format character, or a filler.</summary>
    public static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || Fillers.Contains(rune.Value)
        || IsVariationSelector(rune.Value);

    /// <summary>The text without the invisible characters around it, a byte order mark among them.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end
            && Rune.DecodeFromUtf16(text.AsSpan(start), out var rune, out var length) == OperationStatus.Done && IsInvisible(rune))
        {
            start += length;
        }

        while (end > start
            && Rune.DecodeLastFromUtf16(text.AsSpan(start, end - start), out var rune, out var length) == OperationStatus.Done && IsInvisible(rune))
        {
            end -= length;
        }

        return text[start..end];
    }

    /// <summary>Whether an invisible character, or a damaged one (half of a pair, the replacement character), stands in the text.</summary>
    public static bool AreIn(string text) => text.EnumerateRunes().Any(rune => IsInvisible(rune) || rune == Rune.ReplacementChar);

    private static bool IsVariationSelector(int value) => value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
