namespace B24Otmechalka.Core.Tests.Infra;

/// <summary>The npm packages of <c>Tools/package-lock.json</c> and the scripts beside it.</summary>
internal static class NodeTools
{
    private static readonly NodeFolder Folder = new(
        Repository.At("Core.Tests", "Infra", "Tools"),
        "@kusto",
        "language-service-next",
        "bridge.min.js"
    );

    /// <summary>Runs a script that stands in the tools' folder.</summary>
    public static ToolResult RunOwn(string script, string input) => Folder.RunOwn(script, input);

    /// <summary>Runs a script of one of the packages.</summary>
    public static ToolResult RunOfPackage(string script, params string[] arguments) => Folder.RunOfPackage(script, arguments);
}
