namespace B24Otmechalka.Core.Sync;

/// <summary>One thing that is wrong with the settings or the mapping; never holds a secret's value.</summary>
/// <param name="Setting">The setting's name, as it stands in the environment.</param>
/// <param name="Problem">What is wrong and what is expected.</param>
public sealed record ConfigurationProblem(string Setting, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Setting}: {Problem}";
}

/// <summary>The settings or the mapping are wrong: nothing can run until a person mends them. All problems at once.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
    : Exception("The configuration is wrong:" + string.Concat(problems.Select(problem => "\n  " + problem)))
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
