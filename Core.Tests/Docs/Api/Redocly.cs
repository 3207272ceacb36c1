using B24Otmechalka.Core.Tests.Infra;

namespace B24Otmechalka.Core.Tests.Docs.Api;

/// <summary>The linter of the API's document, by its own command line.</summary>
internal static class Redocly
{
    private static readonly NodeFolder Folder = new(Documents.At("Core.Tests", "Docs", "Api"), "@redocly", "cli", "bin", "cli.js");

    private static readonly string Program = Path.Combine("@redocly", "cli", "bin", "cli.js");

    /// <summary>
    /// What the strictest set of rules finds. otmechalka's addresses end with a slash, which one of the rules does not like.
    /// </summary>
    public static ToolResult Lint(string document) =>
        Folder.RunOfPackage(
            Program,
            "lint",
            "--extends",
            "recommended-strict",
            "--skip-rule",
            "no-path-trailing-slash",
            "--format",
            "checkstyle",
            document
        );

    /// <summary>The document as one line of JSON.</summary>
    public static string ToJson(string document)
    {
        var file = Path.Combine(Path.GetTempPath(), $"api-{Guid.NewGuid():N}.json");
        try
        {
            var result = Folder.RunOfPackage(Program, "bundle", document, "--output", file);
            return result.ExitCode == 0 ? File.ReadAllText(file) : throw new InvalidOperationException(result.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
