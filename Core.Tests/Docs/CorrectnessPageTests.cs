using B24Otmechalka.Core.Tests.Mutants;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>The page about the promises names every mutant of the table, and no other.</summary>
public sealed class CorrectnessPageTests
{
    private static readonly string Page = Documents.Read("docs", "correctness.md");

    [Fact]
    public void Promises_MutantsThatTheyName_AreThoseOfTheTable()
    {
        var named = Documents
            .Rows(Documents.Section(Page, "The promises"))
            .Skip(2)
            .SelectMany(row => row[1].Split(','))
            .Select(name => name.Trim().Trim('`'))
            .ToHashSet();

        Assert.Equal(MutantTable.All.Select(mutant => mutant.Name).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
