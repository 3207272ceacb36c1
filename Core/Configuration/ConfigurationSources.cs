using B24Otmechalka.Core.Characters;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// Where settings come from, the later winning: the mapping, <c>local.settings.json</c>, the environment, single settings of
/// a command. The Functions tools bring <c>local.settings.json</c> into the environment, so the same files mean the same
/// in the Functions app and on the command line.
/// <para>An empty value in a file or in the environment says "not known yet": it hides no value of an earlier source. Only
/// a command's own empty value takes one away.</para>
/// </summary>
public sealed record ConfigurationSources
{
    /// <summary>The setting that names another mapping file; a relative path is looked for in both folders.</summary>
    public const string MappingFile = "MAPPING_FILE";

    /// <summary>The setting that holds a mapping file's text.</summary>
    public const string MappingJson = "MAPPING_JSON";

    /// <summary>The file with the settings of this machine, secrets among them.</summary>
    public const string LocalSettings = "local.settings.json";

    /// <summary>The file with the mapping.</summary>
    public const string Mapping = "mapping.json";

    /// <summary>Where files are looked for first.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Where files are looked for then: beside the application.</summary>
    public required string ApplicationDirectory { get; init; }

    /// <summary>The environment variables.</summary>
    public required IEnumerable<KeyValuePair<string, string?>> Environment { get; init; }

    /// <summary>Whether <c>local.settings.json</c> is read; not where the Functions tools have done it.</summary>
    public required bool ReadsLocalSettings { get; init; }

    /// <summary>Single settings of a command.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Sets { get; init; } = [];

    /// <summary>Reads and checks all settings. Nothing is thrown for what is wrong with them.</summary>
    public ExaminedSettings Examine()
    {
        try
        {
            return SettingsReader.Examine(Gather());
        }
        catch (ConfigurationException error)
        {
            return new ExaminedSettings(null, error.Problems, []);
        }
    }

    /// <summary>Reads and checks otmechalka's settings alone; a mapping that is missing or broken is no matter.</summary>
    public ExaminedOtmechalka ExamineOtmechalka()
    {
        try
        {
            return SettingsReader.ExamineOtmechalka(Gather());
        }
        catch (ConfigurationException error)
        {
            return new ExaminedOtmechalka(null, error.Problems, MappedIds.None);
        }
    }

    /// <summary>Gathers the settings; they are not checked yet.</summary>
    /// <exception cref="ConfigurationException"><c>local.settings.json</c> is broken, so that most settings are unknown.</exception>
    internal GatheredSettings Gather()
    {
        var problems = new List<ConfigurationProblem>();
        var local = ReadLocal(problems);
        var environment = OfEnvironment(problems);
        var sets = Layer(Sets);
        var mapping = ReadMapping(Merge([local.Values, environment.Values], sets.Values), problems);
        return local.IsBroken
            ? throw new ConfigurationException(problems)
            : new GatheredSettings
            {
                Configuration = new ConfigurationBuilder()
                    .AddInMemoryCollection(Merge([mapping.Values, local.Values, environment.Values], sets.Values))
                    .Build(),
                Problems = problems,
                Warnings = mapping.Warnings,
                IsMappingBroken = mapping.IsBroken,
                MissingMapping = mapping.Missing,
            };
    }

    private (IReadOnlyDictionary<string, string> Values, bool IsBroken) ReadLocal(List<ConfigurationProblem> problems)
    {
        try
        {
            return ReadsLocalSettings && Find(LocalSettings) is { } file
                ? (SettingsFile.ReadLocalSettings(file).Values, false)
                : (new Dictionary<string, string>(), false);
        }
        catch (ConfigurationException error)
        {
            problems.AddRange(error.Problems);
            return (new Dictionary<string, string>(), true);
        }
    }

    private ReadMappingResult ReadMapping(Dictionary<string, string?> settings, List<ConfigurationProblem> problems)
    {
        var (file, json) = (Text(settings, MappingFile), Text(settings, MappingJson));
        try
        {
            if (file.Length > 0)
            {
                return new ReadMappingResult(SettingsFile.ReadMapping(FileNamed(file), MappingFile).Values)
                {
                    Warnings =
                        json.Length == 0 ? [] : [new SettingWarning(MappingJson, ConfigurationStrings.Of("UnusedBecause", MappingFile))],
                };
            }

            if (json.Length > 0)
            {
                return new ReadMappingResult(SettingsFile.ParseMapping(json, MappingJson, MappingJson).Values);
            }

            return Find(Mapping) is { } found
                ? new ReadMappingResult(SettingsFile.ReadMapping(found, Mapping).Values)
                : new ReadMappingResult(new Dictionary<string, string>())
                {
                    Missing = new ConfigurationProblem(Mapping, ConfigurationStrings.Of("NoMappingFile", WorkingDirectory)),
                };
        }
        catch (ConfigurationException error)
        {
            problems.AddRange(error.Problems);
            return new ReadMappingResult(new Dictionary<string, string>()) { IsBroken = true };
        }
    }

    // Names that differ by case are common in an environment; of the mapping none can stand twice and mean one thing.
    private SettingsLayer OfEnvironment(List<ConfigurationProblem> problems)
    {
        var layer = Layer(Environment);
        problems.AddRange(
            layer
                .Doubles.Where(name => name.StartsWith("Mapping__", StringComparison.OrdinalIgnoreCase))
                .Select(name => new ConfigurationProblem(name, ConfigurationStrings.Of("TwiceInEnvironment")))
        );
        return layer;
    }

    private static SettingsLayer Layer(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var layer = new SettingsLayer();
        foreach (var (name, value) in values)
        {
            layer.Add(name, value);
        }

        return layer;
    }

    private static Dictionary<string, string?> Merge(
        IEnumerable<IReadOnlyDictionary<string, string>> layers,
        IReadOnlyDictionary<string, string> sets
    )
    {
        var merged = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, value) in layers.SelectMany(layer => layer))
        {
            if (VisibleText.Trim(value) is not null || string.IsNullOrEmpty(merged.GetValueOrDefault(path)))
            {
                merged[path] = value;
            }
        }

        foreach (var (path, value) in sets)
        {
            merged[path] = value;
        }

        return merged;
    }

    private static string Text(Dictionary<string, string?> settings, string name) =>
        VisibleText.Trim(settings.GetValueOrDefault(name)) ?? "";

    private string FileNamed(string name) => Find(name) ?? Path.Combine(WorkingDirectory, name);

    private string? Find(string name) =>
        new[] { WorkingDirectory, ApplicationDirectory }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private sealed record ReadMappingResult(IReadOnlyDictionary<string, string> Values)
    {
        public IReadOnlyList<SettingWarning> Warnings { get; init; } = [];

        public bool IsBroken { get; init; }

        public ConfigurationProblem? Missing { get; init; }
    }
}
