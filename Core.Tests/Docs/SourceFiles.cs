namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>The sources of the working tree, nothing that is built.</summary>
internal static class SourceFiles
{
    private static readonly string[] Folders = ["Core", "Cli", "Functions", "Sandbox", "Core.Tests", "Benchmarks"];
    private static readonly string[] Built = ["bin", "obj", "node_modules"];

    /// <summary>Each C# file by its path below the top, with its text.</summary>
    public static IEnumerable<(string Path, string Text)> All() =>
        Folders
            .SelectMany(folder => Under(Documents.At(folder)))
            .Select(file => (Path.GetRelativePath(Documents.Root, file).Replace('\\', '/'), File.ReadAllText(file)));

    private static IEnumerable<string> Under(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.cs")
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Built.Contains(Path.GetFileName(inner))).SelectMany(Under));
}
