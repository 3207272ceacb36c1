namespace B24Otmechalka.Cli.Output;

/// <summary>A sentence or two on lines that fit eighty columns. A word is never broken, so an address can still be copied.</summary>
internal static class Paragraph
{
    private const int Width = 79;

    /// <summary>The lines, each behind the indentation.</summary>
    public static IEnumerable<string> Of(string text, string indentation = "")
    {
        var line = indentation;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isFirst = line.Length == indentation.Length;
            if (!isFirst && line.Length + 1 + word.Length > Width)
            {
                yield return line;
                (line, isFirst) = (indentation, true);
            }

            line += isFirst ? word : " " + word;
        }

        if (line.Length > indentation.Length)
        {
            yield return line;
        }
    }
}
