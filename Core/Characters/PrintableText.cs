using System.Globalization;
using System.Text;

namespace B24Otmechalka.Core.Characters;

/// <summary>
/// Makes a text harmless for a terminal (docs/spec.md, section 7). A name typed into a card may hold an escape sequence that recolours or
/// clears the screen, a mark that turns the reading direction, or a line break that begins a line of its own.
/// </summary>
public static class PrintableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// One line: blanks and line breaks of any kind become a space; control and format characters and halves of pairs
    /// become U+FFFD, so that a person sees that something is there.
    /// </summary>
    public static string OneLine(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.All(c => c is >= ' ' and <= '~' || char.IsLetterOrDigit(c)))
        {
            return text ?? "";
        }

        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // The halves of broken pairs come as U+FFFD already.
            _ =
                Rune.IsWhiteSpace(rune) ? line.Append(' ')
                : IsUnprintable(rune) ? line.Append(Replacement)
                : line.Append(rune.ToString());
        }

        return line.ToString();
    }

    /// <summary>The same for a text of several lines of our own, such as the help: its line breaks stay.</summary>
    public static string Lines(string? text) => string.Join('\n', (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(OneLine));

    /// <summary>A JSON text that means the same, with what a terminal might act on written as <c>\uXXXX</c>.</summary>
    /// <param name="json">On one line: such characters then stand only within its strings.</param>
    public static string EscapeJson(string json)
    {
        var escaped = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            if (!IsUnprintable(rune) && !IsLineEnd(rune))
            {
                escaped.Append(rune.ToString());
                continue;
            }

            foreach (var unit in rune.ToString())
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }

        return escaped.ToString();
    }

    private static bool IsUnprintable(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static bool IsLineEnd(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
