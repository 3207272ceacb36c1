using B24Otmechalka.Core.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>The page about the promises names every mechanism, and no other.</summary>
public sealed class CorrectnessPageTests
{
    private static readonly string Page = Documents.Read("docs", "correctness.md");

    [Fact]
    public void Mechanisms_TableAndCode_AreTheSame() => Assert.Equal(
        Enum.GetNames<Mechanism>().Order(StringComparer.Ordinal),
        Documents.Rows(Documents.Section(Page, "The mechanisms")).Select(row => row[0].Trim('`')).Where(name => Enum.TryParse<Mechanism>(name, out _)).Order(StringComparer.Ordinal));

    [Fact]
    public void Promises_EveryMechanismThatTheyName_Exists()
    {
        var named = Documents.Rows(Documents.Section(Page, "The promises")).Skip(2).SelectMany(row => row[1].Split(',')).Select(name => name.Trim().Trim('`')).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(Enum.TryParse<Mechanism>(name, out _), name));
    }
}
