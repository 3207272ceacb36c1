using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = Documents.Read("README.md");

    /// <summary>Folders of projects, and the others that stand at the top.</summary>
    public static TheoryData<string> Folders =>
        [
            .. Directory
                .EnumerateDirectories(Documents.Root)
                .Select(folder => Path.GetFileName(folder)!)
                .Where(name => name is "docs" or "infra" || Directory.EnumerateFiles(Documents.At(name), "*.csproj").Any()),
        ];

    [Theory]
    [InlineData("dotnet run --project Sandbox -- --once")]
    [InlineData("dotnet test")]
    public void Readme_ItsTwoCommands_StandOnLinesOfTheirOwn(string command) =>
        Assert.Contains($"```\n{command}\n```", Readme, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Folders))]
    public void Readme_EveryFolder_IsExplained(string folder) => Assert.Contains($"| `{folder}/` |", Readme, StringComparison.Ordinal);

    [Fact]
    public void Readme_EveryFileAndProjectThatItNames_Exists() =>
        Assert.All(
            ProjectInCommand().Matches(Readme),
            project => Assert.True(Directory.Exists(Documents.At(project.Groups[1].Value)), project.Value)
        );

    [GeneratedRegex("--project ([A-Za-z]+)")]
    private static partial Regex ProjectInCommand();
}
