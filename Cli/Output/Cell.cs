using B24Otmechalka.Core.Characters;

namespace B24Otmechalka.Cli.Output;

/// <summary>How a text is meant; a terminal shows it by colour.</summary>
internal enum Tone
{
    Plain,
    Good,
    Caution,
    Bad,
    Faint,
    Strong,
}

/// <summary>
/// A text and how it is meant. Everything that is shown to a person on standard output passes here, so here it loses what
/// a terminal would act on (docs/spec.md, section 7).
/// </summary>
internal readonly record struct Cell
{
    private readonly string? text;

    public Cell(string? text, Tone tone = Tone.Plain) => (this.text, Tone) = (PrintableText.OneLine(text), tone);

    /// <summary>One line, fit for a terminal.</summary>
    public string Text => text ?? "";

    /// <summary>How it is meant.</summary>
    public Tone Tone { get; }

    public static implicit operator Cell(string? text) => new(text);
}
