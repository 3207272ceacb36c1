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

/// <summary>A text and how it is meant.</summary>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string? text) => new(text ?? "");
}
