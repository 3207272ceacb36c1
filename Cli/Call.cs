namespace B24Otmechalka.Cli;

/// <summary>What a person types to call the program: hints repeat it, so that they can be copied.</summary>
internal static class Call
{
    private const string OfProject = "dotnet run --project Cli --";
    private const string OfProgram = "b24sync";

    /// <summary>
    /// The program's name where it was installed or published. Below a project's <c>bin</c>, with the project beside it, it was started
    /// from the sources.
    /// </summary>
    public static string OfProcess() => Of(AppContext.BaseDirectory);

    /// <summary>The same for a program that lies in a folder.</summary>
    internal static string Of(string folder)
    {
        for (var above = new DirectoryInfo(folder); above is not null; above = above.Parent)
        {
            if (above.Name == "bin" && above.Parent is { } project && File.Exists(Path.Combine(project.FullName, "Cli.csproj")))
            {
                return OfProject;
            }
        }

        return OfProgram;
    }
}
