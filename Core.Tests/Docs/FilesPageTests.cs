using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Docs;

/// <summary>
/// <c>docs/files.md</c> tells what each file of <c>Core</c> is for, by the first sentence of its type's summary. It is made from the
/// sources: <c>FILES_PAGE=renew</c> writes it anew.
/// </summary>
public sealed partial class FilesPageTests
{
    private const string Head = """
        # The files of Core

        What each is for, by the first sentence of its own summary. Which one holds a rule:
        [architecture.md](architecture.md#where-a-rule-stands).
        Made from the sources by `FILES_PAGE=renew dotnet test Core.Tests --filter "FullyQualifiedName~FilesPage"`; a test compares it.

        """;

    [Fact]
    public void Page_IsWhatTheSourcesSay()
    {
        var page = Page();
        if (Environment.GetEnvironmentVariable("FILES_PAGE") == "renew")
        {
            File.WriteAllText(Documents.At("docs", "files.md"), page);
        }

        Assert.Equal(page, Documents.Read("docs", "files.md").ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Sources_OfCore_AllSayWhatTheyAreFor() =>
        Assert.Empty(Files().Where(file => Purpose(file.Path, file.Text).Length == 0).Select(file => file.Path));

    private static IEnumerable<(string Path, string Text)> Files() =>
        SourceFiles
            .All()
            .Where(file => file.Path.StartsWith("Core/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    private static string Page() =>
        Head
        + string.Concat(
            Files()
                .GroupBy(file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/'))
                .OrderBy(folder => folder.Key, StringComparer.Ordinal)
                .Select(folder =>
                    $"\n## {folder.Key}\n\n| file | what for |\n| --- | --- |\n"
                    + string.Concat(folder.Select(file => $"| `{Path.GetFileName(file.Path)}` | {Purpose(file.Path, file.Text)} |\n"))
                )
        );

    /// <summary>The first sentence of the summary of the type that the file is called after, or of its first one.</summary>
    private static string Purpose(string path, string text)
    {
        var types = Summaries().Matches(text).ToList();
        var type = types.Find(one => one.Groups["name"].Value == Path.GetFileNameWithoutExtension(path)) ?? types.FirstOrDefault();
        var summary = Blanks().Replace(Slashes().Replace(type?.Groups["summary"].Value ?? "", " "), " ").Trim();
        var plain = Tags().Replace(References().Replace(summary, match => $"`{match.Groups[1].Value.Split('.')[^1]}`"), "`");
        return Sentence().Match(plain).Value.Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"^/// <summary>(?<summary>.*?)</summary>(?:(?!^///? <summary>).)*?"
            + @"^(?:public|internal)[\w ]*? (?:class|record struct|record|enum|struct|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Summaries();

    [GeneratedRegex("^///", RegexOptions.Multiline)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<see (?:cref|langword)=\"([^\"(]+)[^\"]*\" ?/>")]
    private static partial Regex References();

    [GeneratedRegex("</?c>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"^.*?(?:[.!?](?= [\p{Lu}«`(<])|(?=:? <list)|$)")]
    private static partial Regex Sentence();
}
