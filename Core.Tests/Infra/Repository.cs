namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The files of the working tree.</summary>
internal static class Repository
{
    /// <summary>The folder of azure.yaml.</summary>
    public static string Root { get; } = FindRoot();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    public static string Read(params string[] path) => File.ReadAllText(At(path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "azure.yaml")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No azure.yaml above the tests.");
        }

        return folder.FullName;
    }
}
