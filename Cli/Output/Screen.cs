using Spectre.Console;

namespace B24Otmechalka.Cli.Output;

/// <summary>
/// Where results are shown to a person: with colours and framed tables on a terminal, as plain aligned text elsewhere.
/// </summary>
internal sealed class Screen(CliContext context)
{
    private const string Gap = "  ";
    private IAnsiConsole? terminal;

    /// <summary>What a person types to call the program.</summary>
    public string CalledAs => context.CalledAs;

    /// <summary>The terminal; <see langword="null"/> where there is none.</summary>
    public IAnsiConsole? Terminal => context.IsOutputTerminal ? terminal ??= Connect(context) : null;

    /// <summary>One line of several texts; what does not fit goes on below it, a little to the right.</summary>
    public void Line(params ReadOnlySpan<Cell> cells)
    {
        var line = cells.ToArray();
        Show(line, line.SelectMany(cell => cell.Text).TakeWhile(character => character == ' ').Count() + Gap.Length, lead: 0);
    }

    /// <summary>A sentence or two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lead">What stands before its first line, such as a bullet; as many blanks stand before the others.</param>
    public void Paragraph(Cell text, string lead = "") => Wrapped(new Cell(lead, text.Tone), text);

    /// <summary>The title of what follows, behind an empty line.</summary>
    public void Heading(string title)
    {
        Line();
        Line(new Cell(title, Tone.Strong));
    }

    /// <summary>Names and values, one pair a line; pairs without a value are left out.</summary>
    public void Pairs(params ReadOnlySpan<(string Name, Cell Value)> pairs)
    {
        var shown = pairs.ToArray().Where(pair => pair.Value.Text.Length > 0).ToList();
        var width = shown.Count == 0 ? 0 : shown.Max(pair => pair.Name.Length);
        foreach (var (name, value) in shown)
        {
            Wrapped(new Cell(Gap + name.PadRight(width) + Gap, Tone.Faint), value);
        }
    }

    /// <summary>A table.</summary>
    public void Table(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<Cell>> rows)
    {
        if (Terminal is { } console)
        {
            var table = new Table()
                .Border(TableBorder.Rounded)
                .AddColumns([.. headers.Select(header => new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))))]);
            foreach (var row in rows)
            {
                table.AddRow(row.Select(Styled));
            }

            console.Write(table);
            return;
        }

        foreach (var line in PlainTable.Lines(headers, [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => cell.Text)])]))
        {
            context.Output.WriteLine(line);
        }
    }

    /// <summary>A text behind others on its first line; what does not fit goes on below it.</summary>
    /// <param name="lead">What stands before it.</param>
    /// <param name="text">The text.</param>
    public void Wrapped(Cell lead, Cell text) => Show([lead, text], lead.Text.Length, lead.Text.Length);

    /// <summary>A text in its colour; never read as markup.</summary>
    public static Text Styled(Cell cell) =>
        new(
            cell.Text,
            cell.Tone switch
            {
                Tone.Good => new Style(Color.Green),
                Tone.Caution => new Style(Color.Yellow),
                Tone.Bad => new Style(Color.Red),
                Tone.Faint => new Style(Color.Grey),
                Tone.Strong => new Style(decoration: Decoration.Bold),
                _ => Style.Plain,
            }
        );

    private void Show(IReadOnlyList<Cell> cells, int indentation, int lead)
    {
        var text = string.Concat(cells.Select(cell => cell.Text)).TrimEnd();
        foreach (var (i, cut) in LineWrap.Cuts(text, LineWrap.Columns, LineWrap.Columns - indentation, lead).Index())
        {
            var indent = i == 0 ? "" : new string(' ', indentation);
            if (Terminal is { } console)
            {
                console.Write(new Text(indent));
                Within(cells, cut).ForEach(cell => console.Write(Styled(cell)));
                console.WriteLine();
            }
            else
            {
                context.Output.WriteLine(indent + text[cut]);
            }
        }
    }

    /// <summary>What of the texts lies in a part of all of them together.</summary>
    private static List<Cell> Within(IReadOnlyList<Cell> cells, Range part)
    {
        var within = new List<Cell>();
        var begin = 0;
        foreach (var cell in cells)
        {
            var (from, to) = (Math.Max(begin, part.Start.Value), Math.Min(begin + cell.Text.Length, part.End.Value));
            if (from < to)
            {
                within.Add(new Cell(cell.Text[(from - begin)..(to - begin)], cell.Tone));
            }

            begin += cell.Text.Length;
        }

        return within;
    }

    private static IAnsiConsole Connect(CliContext context) =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(context.Output),
                Ansi = AnsiSupport.Yes,
                ColorSystem = string.IsNullOrEmpty(context.Environment.GetValueOrDefault("NO_COLOR"))
                    ? ColorSystemSupport.Standard
                    : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
}
