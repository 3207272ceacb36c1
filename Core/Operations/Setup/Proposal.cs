namespace B24Otmechalka.Core.Operations.Setup;

/// <summary>How a code was found.</summary>
public enum ProposalSource
{
    /// <summary>It stands in the mapping already and fits.</summary>
    Configured,

    /// <summary>By its label.</summary>
    Label,

    /// <summary>It was not.</summary>
    None,
}

/// <summary>A field or list value of the portal that a setting could name.</summary>
/// <param name="Code">Its code or ID.</param>
/// <param name="Label">What a person sees.</param>
public sealed record Choice(string Code, string? Label);

/// <summary>What a code of the mapping should be in this portal.</summary>
/// <param name="Settings">The settings that hold it; more than one where several rows of the mapping name the same value.</param>
/// <param name="Title">What it is, in the school's words.</param>
/// <param name="Found">What was found; <see langword="null"/> for nothing.</param>
/// <param name="Source">How.</param>
/// <param name="Choices">All that fit.</param>
public sealed record Proposal(
    IReadOnlyList<string> Settings,
    string Title,
    Choice? Found,
    ProposalSource Source,
    IReadOnlyList<Choice> Choices
)
{
    /// <summary>Whether it is the field that the service writes, which can be created.</summary>
    public bool IsStatus { get; init; }

    /// <summary>Whether the code is a key of the mapping and not a value.</summary>
    public bool IsKey { get; init; }

    /// <summary>The code that stands in the mapping.</summary>
    public string Configured { get; init; } = "";
}
