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

    /// <summary>One line of several texts.</summary>
    public void Line(params ReadOnlySpan<Cell> cells)
    {
        if (Terminal is not { } console)
        {
            context.Output.WriteLine(string.Concat(cells.ToArray().Select(cell => cell.Text)).TrimEnd());
            return;
        }

        foreach (var cell in cells)
        {
            console.Write(Styled(cell));
        }

        console.WriteLine();
    }

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
    public void Wrapped(Cell lead, Cell text)
    {
        var lines = PlainTable.Wrap(text.Text, PlainTable.Columns - lead.Text.Length);
        foreach (var (i, line) in lines.Index())
        {
            Line(i == 0 ? lead : new string(' ', lead.Text.Length), new Cell(line, text.Tone));
        }
    }

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
