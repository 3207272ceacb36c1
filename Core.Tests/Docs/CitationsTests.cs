using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>
/// A comment that cites a document names one that is here, and a section that is in it: «docs/spec.md, section 6, invariant 4».
/// </summary>
public sealed partial class CitationsTests
{
    /// <summary>Citations by a short name, or of what is not in the repository.</summary>
    private static readonly Regex Unresolvable = ShortName();

    [Fact]
    public void Citations_OfAllComments_LeadToAHeading()
    {
        var cited = SourceFiles
            .All()
            .SelectMany(file => Citation().Matches(Comments(file.Text)).Select(match => (file.Path, Match: match)))
            .ToList();

        Assert.True(cited.Count > 50, $"only {cited.Count} citations were found");
        Assert.Empty(cited.Where(one => !Leads(one.Match)).Select(one => $"{one.Path}: {one.Match.Value}"));
    }

    [Fact]
    public void Citations_OfAllComments_NameTheirDocument() =>
        Assert.Empty(
            SourceFiles.All().SelectMany(file => Unresolvable.Matches(Comments(file.Text)).Select(match => $"{file.Path}: {match.Value}"))
        );

    [Theory]
    [InlineData("docs/spec.md, section 6", true)]
    [InlineData("docs/spec.md, sections 5.1 and 5.2", true)]
    [InlineData("docs/spec.md, section 6, invariants 3, 4 and 7", true)]
    [InlineData("docs/bitrix24.md, section 13, trap 15", true)]
    [InlineData("docs/bitrix24.md, trap 30", true)]
    [InlineData("docs/decisions/README.md", true)]
    [InlineData("docs/spec.md, section 66", false)]
    [InlineData("docs/spec.md, sections 6 and 66", false)]
    [InlineData("docs/spec.md, section 6, invariant 11", false)]
    [InlineData("docs/bitrix24.md, trap 31", false)]
    [InlineData("docs/nothing.md", false)]
    public void Leads_OfACitation_IsWhetherItsPlaceIsThere(string citation, bool leads) =>
        Assert.Equal(leads, Leads(Citation().Match(citation)));

    private static bool Leads(Match citation)
    {
        var path = citation.Groups["document"].Value;
        if (!File.Exists(Documents.At(path)))
        {
            return false;
        }

        var text = Documents.Read(path);
        return Numbers(citation, "section").All(number => Regex.IsMatch(text, $@"^#+ {Regex.Escape(number)}\.? ", RegexOptions.Multiline))
            && Numbers(citation, "trap").All(number => Numbered("Traps for a polling sync (own analysis)", number))
            && Numbers(citation, "invariant").All(number => Numbered("Invariants: what is promised to the user", number));

        bool Numbered(string heading, string number) =>
            Regex.IsMatch(Documents.Section(text, heading), $@"^{number}\. ", RegexOptions.Multiline);
    }

    private static IEnumerable<string> Numbers(Match citation, string kind) =>
        citation.Groups[kind].Captures.SelectMany(list => Number().Matches(list.Value)).Select(match => match.Value);

    // A citation may go over the end of a line.
    private static string Comments(string text) =>
        string.Join(
            ' ',
            text.Split('\n')
                .Select(line => Comment().Match(line))
                .Where(match => match.Success)
                .Select(match => match.Groups[1].Value.Trim())
        );

    [GeneratedRegex(@"(?:^|\s)///?\s(.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"(?<document>docs/[\w/.-]+\.\w+)(?:,? (?:and )?(?:sections? (?<section>\d[\d.]*(?:(?:, | and )\d[\d.]*)*)"
            + @"|traps? (?<trap>\d+(?:(?:, | and )\d+)*)|invariants? (?<invariant>\d+(?:(?:, | and )\d+)*)))*"
    )]
    private static partial Regex Citation();

    [GeneratedRegex(@"\b(?:spec|facts|specification|architecture|issue),? (?:section |trap |invariant )?\d[\d.]*", RegexOptions.IgnoreCase)]
    private static partial Regex ShortName();
}
