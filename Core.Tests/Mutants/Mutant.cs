namespace B24Otmechalka.Core.Tests.Mutants;

/// <summary>One rule of the product taken out, to see that the simulation notices.</summary>
/// <param name="Name">What is missing.</param>
/// <param name="File">The file below <c>Core</c>.</param>
/// <param name="Original">A piece of its text that stands in it exactly once.</param>
/// <param name="Replacement">What stands there instead.</param>
/// <param name="Promise">What goes wrong by that.</param>
internal sealed record Mutant(string Name, string File, string Original, string Replacement, string Promise)
{
    /// <summary>A seed that found it once; tried first, only to save time.</summary>
    public int? FoundAt { get; init; }

    public override string ToString() => Name;
}
