using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

public sealed partial class LinksTests
{
    public static TheoryData<string> Pages => [.. Documents.All()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryLinkWithinTheRepository_LeadsSomewhere(string page)
    {
        var folder = Path.GetDirectoryName(page) ?? "";
        var dead = Link()
            .Matches(Documents.Read(page))
            .Select(link => link.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !LeadsSomewhere(page, folder, link));

        Assert.Empty(dead);
    }

    private static bool LeadsSomewhere(string page, string folder, string link)
    {
        var parts = link.Split('#', 2);
        var path = parts[0].Length == 0 ? page : Path.Combine(folder, parts[0]);
        return parts.Length == 1
            ? Path.Exists(Documents.At(path))
            : File.Exists(Documents.At(path)) && Anchors(Documents.Read(path)).Contains(Uri.UnescapeDataString(parts[1]));
    }

    // As GitHub makes them: lower case, no punctuation, hyphens for spaces.
    private static HashSet<string> Anchors(string text) =>
        Heading()
            .Matches(text)
            .Select(heading => Punctuation().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet();

    [GeneratedRegex("""(?:\]\(|(?:src|srcset|href)=")([^)"\s]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Punctuation();
}
