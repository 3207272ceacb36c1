using System.Net;
using System.Text.RegularExpressions;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>What a person reads on a page of HTML.</summary>
internal static partial class ErrorPage
{
    /// <summary>Whether the text is a page.</summary>
    public static bool IsPage(string text) => Html().IsMatch(text);

    /// <summary>The page's title; where it has none, its text.</summary>
    public static string TextOf(string html)
    {
        var title = Title().Match(html);
        return WebUtility.HtmlDecode(title.Success ? title.Groups[1].Value : Tags().Replace(Scripts().Replace(html, " "), " "));
    }

    [GeneratedRegex(@"<\s*(!doctype|html|head|body|title|h1|p|div)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Html();

    [GeneratedRegex(@"<title[^>]*>([^<]+)</title>", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    // One that is not closed reaches to the end, as in a browser: so every begin matches and none is looked at twice.
    [GeneratedRegex(@"<(script|style)\b.*?(</\1\s*>|\z)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
