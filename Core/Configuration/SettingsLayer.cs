using B24Otmechalka.Core.Characters;

namespace B24Otmechalka.Core.Configuration;

/// <summary>
/// The settings of one source by their configuration paths. Each part of a name is trimmed like a value: a key of the
/// mapping is an ID, and an ID with a blank before it would be another one.
/// </summary>
internal sealed class SettingsLayer
{
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values by path; a later one of the same name has replaced the earlier.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Names that came twice, as they are written in the environment.</summary>
    public List<string> Doubles { get; } = [];

    /// <summary>The configuration path of a name: its parts are joined by <c>__</c> where a colon cannot stand.</summary>
    public static string Path(string name) =>
        string.Join(':', name.Replace("__", ":", StringComparison.Ordinal).Split(':').Select(part => VisibleText.Trim(part) ?? ""));

    /// <summary>The name in the environment of a configuration path.</summary>
    public static string Name(string path) => path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Adds a setting.</summary>
    public void Add(string name, string? value)
    {
        var path = Path(name);
        if (values.ContainsKey(path) && !Doubles.Contains(Name(path)))
        {
            Doubles.Add(Name(path));
        }

        values[path] = value ?? "";
    }
}
