using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Infra;

public sealed class BicepFilesTests
{
    [Theory]
    [InlineData("**/*.bicep")]
    [InlineData("**/*.bicepparam")]
    public void Lint_AllFiles_FindsNothing(string pattern)
    {
        var result = Bicep.Run("lint", "--pattern", pattern, "--diagnostics-format", "sarif");

        // One SARIF document for each file, one after the other.
        var documents = Regex.Split(result.Output, @"(?<=\})\s*(?=\{\s*""\$schema"")").Where(text => text.Trim().Length > 0).ToArray();
        var found = documents.SelectMany(text => JsonNode.Parse(text)!["runs"]!.AsArray()).SelectMany(run => run!["results"]!.AsArray());
        Assert.NotEmpty(documents);
        Assert.Empty(found.Select(diagnostic => diagnostic!["message"]!.ToJsonString()));
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void Format_AllFiles_ChangesNothing()
    {
        var copy = Directory.CreateTempSubdirectory("bicep-format-").FullName;
        try
        {
            foreach (var file in Files())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
                File.Copy(Repository.At("infra", file), Path.Combine(copy, file));
            }

            Assert.Equal(0, Bicep.Run("format", "--pattern", Path.Combine(copy, "**/*.bicep")).ExitCode);
            Assert.Equal(0, Bicep.Run("format", "--pattern", Path.Combine(copy, "**/*.bicepparam")).ExitCode);

            Assert.All(Files(), file => Assert.Equal(Repository.Read("infra", file), File.ReadAllText(Path.Combine(copy, file))));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Theory]
    [InlineData("production")]
    [InlineData("test")]
    public void Snapshot_OfExample_IsUnchanged(string example)
    {
        var result = Bicep.Run(["snapshot", $"examples/{example}.bicepparam", "--mode", "validate", .. Bicep.SnapshotPlace]);

        Assert.True(
            result.ExitCode == 0,
            $"What would be deployed has changed. If that is meant: bicep snapshot --mode overwrite.\n{result.Output}{result.Errors}"
        );
    }

    [Fact]
    public void Files_AllParametersAndOutputs_AreDescribed()
    {
        var undescribed = Files()
            .Where(file => file.EndsWith(".bicep", StringComparison.Ordinal))
            .SelectMany(file =>
                Regex
                    .Matches(Repository.Read("infra", file), @"(?<=\n)\n(?:@(?!description)[^\n]+\n)*(?:param|output) [^\n]+")
                    .Select(match => file + match.Value)
            );

        Assert.Empty(undescribed);
    }

    private static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Repository.At("infra"), "*.bicep*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.At("infra"), file))
            .Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam");
}
