namespace B24Otmechalka.Cli.Output;

/// <summary>
/// A table as aligned text that fits eighty columns: what is wider goes on in the same column below. A word that does not fit, such as an
/// address, is never broken, because nobody could copy it.
/// </summary>
internal static class PlainTable
{
    /// <summary>As wide as a terminal is that nobody has changed.</summary>
    public const int Columns = 80;

    private const string Gap = "  ";

    /// <summary>A column is not made narrower than this.</summary>
    private const int Least = 12;

    /// <summary>The lines, headers first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headers.Select((header, column) => rows.Select(row => row[column].Length).Append(header.Length).Max()).ToArray();
        while (widths.Sum() + (Gap.Length * widths.Length) > Columns && widths.Max() > Least)
        {
            widths[Array.LastIndexOf(widths, widths.Max())]--;
        }

        return rows.Prepend(headers).SelectMany(row => Lines(row, widths));
    }

    /// <summary>The text in lines of a width; words stay whole.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length == 0)
            {
                lines[^1] = word;
            }
            else if (lines[^1].Length + 1 + word.Length <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> row, int[] widths)
    {
        var cells = row.Select((text, column) => text.Length <= widths[column] ? [text] : Wrap(text, widths[column])).ToList();
        for (var line = 0; line < cells.Max(cell => cell.Count); line++)
        {
            var place = line;
            yield return (
                Gap + string.Join(Gap, cells.Select((cell, column) => (cell.ElementAtOrDefault(place) ?? "").PadRight(widths[column])))
            ).TrimEnd();
        }
    }
}
