using System.Text.RegularExpressions;
using System.Xml.Linq;
using B24Otmechalka.Core.Tests.Docs;

namespace B24Otmechalka.Core.Tests.Language;

/// <summary>The resource files of the sources: each has its English and its Russian half.</summary>
internal static partial class ResourceFiles
{
    private const string Neutral = ".resx";
    private const string Russian = ".ru.resx";

    /// <summary>The halves' common path, below the top and without an extension.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "Core", "Cli" }
            .SelectMany(project => Directory.EnumerateFiles(Documents.At(project), "*" + Neutral, SearchOption.AllDirectories))
            .Where(path => !path.EndsWith(Russian, StringComparison.Ordinal) && !IsBuilt().IsMatch(path))
            .Select(path => Path.GetRelativePath(Documents.Root, path)[..^Neutral.Length].Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyDictionary<string, string> English(string file) => Read(file + Neutral);

    public static IReadOnlyDictionary<string, string> InRussian(string file) => Read(file + Russian);

    /// <summary>The class that reads the file.</summary>
    public static string Class(string file) => file[(file.LastIndexOf('/') + 1)..];

    private static Dictionary<string, string> Read(string path) =>
        XDocument
            .Load(Documents.At(path))
            .Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex IsBuilt();
}
