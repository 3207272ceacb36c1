using System.Text.RegularExpressions;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>The documents of the working tree.</summary>
internal static partial class Documents
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", "TestResults"];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    public static string Read(params string[] path) => File.ReadAllText(At(path));

    /// <summary>Paths of all Markdown files, relative to the top; nothing that is built or hidden.</summary>
    public static IEnumerable<string> All() =>
        Under(Root).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>The cells of each table row of a document, header rows included; a pipe in code stands as <c>\|</c>.</summary>
    public static IEnumerable<string[]> Rows(string text) =>
        text.Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => CellBorder().Split(line.Trim().Trim('|')).Select(cell => cell.Trim()).ToArray());

    /// <summary>The section under a heading, up to the next heading of the same or a higher level.</summary>
    public static string Section(string text, string heading)
    {
        var lines = text.Split('\n');
        var start = Array.FindIndex(lines, line => Level(line) > 0 && line.TrimStart('#').Trim() == heading);
        if (start < 0)
        {
            throw new InvalidOperationException($"No heading «{heading}».");
        }

        var level = Level(lines[start]);
        return string.Join('\n', lines.Skip(start + 1).TakeWhile(line => Level(line) is 0 || Level(line) > level));
    }

    private static int Level(string line) => line.StartsWith('#') ? line.Length - line.TrimStart('#').Length : 0;

    private static IEnumerable<string> Under(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.md")
            .Concat(
                Directory
                    .EnumerateDirectories(folder)
                    .Where(inner =>
                        Path.GetFileName(inner) is var name && !NotOurs.Contains(name) && (!name.StartsWith('.') || name == ".github")
                    )
                    .SelectMany(Under)
            );

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "B24Otmechalka.Functions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No solution above the tests.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBorder();
}
