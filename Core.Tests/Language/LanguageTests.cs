using System.Text.RegularExpressions;
using B24Otmechalka.Core.Tests.Docs;
using Xunit;

namespace B24Otmechalka.Core.Tests.Language;

/// <summary>Both languages are complete, say the same with the same values, and hold nothing that nobody asks for.</summary>
public sealed partial class LanguageTests
{
    public static TheoryData<string> Files => [.. ResourceFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Keys_OfBothLanguages_AreTheSame(string file) =>
        Assert.Equal(ResourceFiles.English(file).Keys, ResourceFiles.InRussian(file).Keys);

    [Theory]
    [MemberData(nameof(Files))]
    public void Placeholders_OfBothLanguages_AreTheSame(string file)
    {
        var russian = ResourceFiles.InRussian(file);

        Assert.Empty(
            ResourceFiles.English(file).Where(text => !Places(text.Value).SetEquals(Places(russian[text.Key]))).Select(text => text.Key)
        );
    }

    // Two forms are English, three are Russian; a word that needs none in one language may need them in the other.
    [Theory]
    [MemberData(nameof(Files))]
    public void Plurals_OfEachLanguage_HaveItsForms(string file)
    {
        Assert.Empty(WithOtherForms(ResourceFiles.English(file), 2));
        Assert.Empty(WithOtherForms(ResourceFiles.InRussian(file), 3));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void RussianTexts_AreRussian(string file) =>
        Assert.Empty(
            ResourceFiles
                .InRussian(file)
                .Where(text => !Cyrillic().IsMatch(text.Value) && Letter().IsMatch(Place().Replace(text.Value, "")))
                .Select(text => text.Key)
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void EnglishTexts_HoldNoRussian(string file) =>
        Assert.Empty(
            ResourceFiles.English(file).Where(text => Cyrillic().IsMatch(Label().Replace(text.Value, ""))).Select(text => text.Key)
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void Keys_AreThoseThatTheSourcesAskFor(string file)
    {
        var keys = ResourceFiles.English(file).Keys.ToList();
        var (whole, begun) = Asked(ResourceFiles.Class(file));

        Assert.Empty(whole.Except(keys));
        Assert.All(begun, start => Assert.Contains(keys, key => key.StartsWith(start, StringComparison.Ordinal)));
        Assert.All(keys.Except(whole), key => Assert.Contains(begun, start => key.StartsWith(start, StringComparison.Ordinal)));
    }

    // All literals of the files that use the class: a key may be chosen by a condition, or stand in a table.
    private static (HashSet<string> Whole, List<string> Begun) Asked(string name)
    {
        var (whole, begun) = (new HashSet<string>(), new List<string>());
        foreach (var (_, text) in SourceFiles.All().Where(source => source.Text.Contains(name + ".Of(", StringComparison.Ordinal)))
        {
            foreach (Match call in Regex.Matches(text, name + @"\.Of\(\s*(\$?)""(\w+)"))
            {
                if (call.Groups[1].Length > 0)
                {
                    begun.Add(call.Groups[2].Value);
                }
                else
                {
                    whole.Add(call.Groups[2].Value);
                }
            }

            if (Regex.IsMatch(text, name + @"\.Of\(\s*[^\s""$]"))
            {
                whole.UnionWith(Literal().Matches(text).Select(match => match.Groups[1].Value).Intersect(Known(name)));
            }
        }

        return (whole, begun);
    }

    private static IEnumerable<string> Known(string name) =>
        ResourceFiles.All.Where(file => ResourceFiles.Class(file) == name).SelectMany(file => ResourceFiles.English(file).Keys);

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> WithOtherForms(IReadOnlyDictionary<string, string> texts, int forms) =>
        texts.Where(text => Plural().Matches(text.Value).Any(match => match.Value.Split('|').Length != forms)).Select(text => text.Key);

    [GeneratedRegex(@"\{(\d+)(?:[:,][^}]*)?\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\{\d+:n=[^}]*\}")]
    private static partial Regex Plural();

    [GeneratedRegex(@"""([A-Z]\w*)""")]
    private static partial Regex Literal();

    // What stands in Bitrix24 is Russian in both.
    [GeneratedRegex("«[^»]*»")]
    private static partial Regex Label();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();

    [GeneratedRegex(@"[A-Za-z]{2}")]
    private static partial Regex Letter();
}
