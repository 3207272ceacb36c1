using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;

namespace B24Otmechalka.Cli.Configuration;

/// <summary>
/// Gathers the settings: <c>local.settings.json</c>, then the mapping file, then the environment, then <c>--set</c>, the
/// later winning. An empty place in the mapping file does not hide a value from <c>local.settings.json</c>: it says "not
/// known yet".
/// </summary>
internal static class SettingsReading
{
    /// <summary>The setting that names another mapping file.</summary>
    public const string MappingFile = "MAPPING_FILE";

    private const string LocalSettings = "local.settings.json";
    private const string Mapping = "mapping.json";

    /// <summary>Gathers them; they are not checked yet.</summary>
    /// <exception cref="ConfigurationException">A file is broken, or the named one is missing.</exception>
    public static IConfiguration Gather(Surroundings surroundings, IEnumerable<string> sets)
    {
        var local = Find(surroundings, LocalSettings) is { } file ? SettingsFile.ReadLocalSettings(file) : new Dictionary<string, string?>();
        var environment = ByPath(surroundings.Environment);
        var set = ByPath(sets.Select(text => text.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0].Trim(), (string?)parts[1])));
        var named = new[] { set, environment, local }.Select(layer => layer.GetValueOrDefault(MappingFile)).FirstOrDefault(name => name is not null);
        var mapping = ReadMapping(surroundings, named);
        return new ConfigurationBuilder()
            .AddInMemoryCollection(local)
            .AddInMemoryCollection(mapping.Where(pair => !string.IsNullOrEmpty(pair.Value) || string.IsNullOrEmpty(local.GetValueOrDefault(pair.Key))))
            .AddInMemoryCollection(environment)
            .AddInMemoryCollection(set)
            .Build();
    }

    /// <summary>A setting's configuration path: nested names are joined by <c>__</c> where a colon cannot stand.</summary>
    public static string Path(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, string?> ReadMapping(Surroundings surroundings, string? named)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return SettingsFile.ReadMapping(System.IO.Path.Combine(surroundings.WorkingDirectory, named.Trim()), MappingFile);
        }

        return Find(surroundings, Mapping) is { } file ? SettingsFile.ReadMapping(file, Mapping) : new Dictionary<string, string?>();
    }

    private static string? Find(Surroundings surroundings, string name) =>
        new[] { surroundings.WorkingDirectory, surroundings.ApplicationDirectory }
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static Dictionary<string, string?> ByPath(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var layer = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
        {
            layer[Path(name)] = value;
        }

        return layer;
    }
}
