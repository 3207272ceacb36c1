namespace B24Otmechalka.Cli.Output;

/// <summary>
/// A table as aligned text that fits eighty columns: what is wider goes on in the same column below.
/// </summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    /// <summary>A column is not made narrower than this.</summary>
    private const int Least = 12;

    /// <summary>The lines, headers first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headers.Select((header, column) => rows.Select(row => row[column].Length).Append(header.Length).Max()).ToArray();
        while (widths.Sum() + (Gap.Length * widths.Length) > LineWrap.Columns && widths.Max() > Least)
        {
            widths[Array.LastIndexOf(widths, widths.Max())]--;
        }

        return rows.Prepend(headers).SelectMany(row => Lines(row, widths));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> row, int[] widths)
    {
        var cells = row.Select((text, column) => text.Length <= widths[column] ? [text] : LineWrap.Lines(text, widths[column])).ToList();
        for (var line = 0; line < cells.Max(cell => cell.Count); line++)
        {
            var place = line;
            yield return (
                Gap + string.Join(Gap, cells.Select((cell, column) => (cell.ElementAtOrDefault(place) ?? "").PadRight(widths[column])))
            ).TrimEnd();
        }
    }
}
