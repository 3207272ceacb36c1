namespace B24Otmechalka.Cli.Output;

/// <summary>
/// Where a text is cut into lines. A word that does not fit, such as an address, is never broken, because nobody could copy it.
/// </summary>
internal static class LineWrap
{
    /// <summary>As wide as a terminal is that nobody has changed.</summary>
    public const int Columns = 80;

    /// <summary>The parts of the text that make a line each: first and last character; the blanks between them are left out.</summary>
    /// <param name="text">The text; it may begin with blanks, which stay.</param>
    /// <param name="first">The room of the first line.</param>
    /// <param name="others">The room of each further line.</param>
    /// <param name="lead">So many characters at the beginning stay with the word behind them.</param>
    public static IReadOnlyList<Range> Cuts(string text, int first, int others, int lead = 0)
    {
        var cuts = new List<Range>();
        var (start, room) = (0, first);
        while (text.Length - start > room)
        {
            var word = text.Length - text.AsSpan(Math.Max(start, lead)).TrimStart(' ').Length;
            var blank = text.LastIndexOf(' ', start + Math.Max(room, 0));
            blank = blank > word ? blank : text.IndexOf(' ', word);
            if (blank < 0)
            {
                break;
            }

            var rest = text.AsSpan(blank).TrimStart(' ').Length;
            if (rest == 0)
            {
                break;
            }

            cuts.Add(start..(start + text.AsSpan(start..blank).TrimEnd(' ').Length));
            (start, room) = (text.Length - rest, others);
        }

        cuts.Add(start..text.Length);
        return cuts;
    }

    /// <summary>The text in lines of a width.</summary>
    public static IReadOnlyList<string> Lines(string text, int width) => [.. Cuts(text, width, width).Select(cut => text[cut])];
}
