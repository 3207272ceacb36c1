using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>A setting that is probably not what its author meant; the service runs all the same. Never holds a value.</summary>
/// <param name="Setting">The setting's name, as it stands in the environment.</param>
/// <param name="Problem">What is odd about it.</param>
public sealed record SettingWarning(string Setting, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Setting}: {Problem}";
}

/// <summary>What an examination of the settings found.</summary>
/// <param name="Settings">The settings; <see langword="null"/> when something is wrong.</param>
/// <param name="Problems">All that is wrong.</param>
/// <param name="Warnings">What is odd; told also when something is wrong, because a mistyped name is often the reason.</param>
public sealed record ExaminedSettings(
    Settings? Settings,
    IReadOnlyList<ConfigurationProblem> Problems,
    IReadOnlyList<SettingWarning> Warnings
)
{
    /// <summary>
    /// The settings as far as they are known, so that what is set can be tried before all is; <see langword="null"/> when nothing can be
    /// read.
    /// </summary>
    public Settings? Known { get; init; }

    /// <summary>Whether nothing is wrong with this setting and those below it.</summary>
    public bool IsRight(string setting) =>
        !Problems.Any(problem => problem.Setting == setting || problem.Setting.StartsWith(setting + "__", StringComparison.Ordinal));

    /// <summary>The settings.</summary>
    /// <exception cref="ConfigurationException">Something is wrong: all of it.</exception>
    public Settings OrThrow() => Settings ?? throw new ConfigurationException(Problems);
}

/// <summary>Settings as they were gathered from their sources, not checked yet.</summary>
internal sealed record GatheredSettings
{
    /// <summary>The settings by their paths.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>What is wrong with the sources.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; init; } = [];

    /// <summary>What is odd about the sources.</summary>
    public IReadOnlyList<SettingWarning> Warnings { get; init; } = [];

    /// <summary>Whether the mapping cannot be read: then it is told once, and not every one of its values as missing.</summary>
    public bool IsMappingBroken { get; init; }

    /// <summary>Told where there is no mapping file and no value of the mapping is set otherwise.</summary>
    public ConfigurationProblem? MissingMapping { get; init; }
}
