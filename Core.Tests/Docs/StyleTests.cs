using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>What neither the compiler nor the formatter can check: the length of comments and literals, and of files.</summary>
public sealed class StyleTests
{
    private const int Columns = 140;
    private const int LinesOfProduct = 300;
    private const int LinesOfTests = 400;

    [Fact]
    public void Lines_OfAllSources_FitTheScreen() =>
        Assert.Empty(
            SourceFiles
                .All()
                .SelectMany(file => file.Text.Split('\n').Select((line, i) => (Place: $"{file.Path}:{i + 1}", line.Length)))
                .Where(line => line.Length > Columns)
                .Select(line => line.Place)
        );

    [Fact]
    public void Files_OfAllSources_CanBeReadAtOnce() =>
        Assert.Empty(
            SourceFiles
                .All()
                .Where(file =>
                    file.Text.Split('\n').Length - 1
                    > (file.Path.StartsWith("Core.Tests/", StringComparison.Ordinal) ? LinesOfTests : LinesOfProduct)
                )
                .Select(file => file.Path)
        );
}
