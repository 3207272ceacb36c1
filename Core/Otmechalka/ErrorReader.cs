using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// Makes one readable line of an error body. Its format is not documented (spec 4.2): a JSON object of messages, a
/// <c>detail</c>, an array, plain text or a page of HTML.
/// </summary>
internal static partial class ErrorReader
{
    /// <summary>Longer bodies are cut before they are read: a status holds 255 characters.</summary>
    private const int MostCharacters = 4000;

    /// <summary>The line; empty when the body says nothing.</summary>
    public static string ReadLine(string body)
    {
        var text = body.Length > MostCharacters * 4 ? body[..(MostCharacters * 4)] : body;
        string line;
        try
        {
            using var document = JsonDocument.Parse(text);
            var found = new List<string>();
            Collect(document.RootElement, null, found);
            line = string.Join("; ", found.Distinct());
        }
        catch (JsonException)
        {
            line = Html().IsMatch(text) ? PageText(text) : text;
        }

        line = Spaces().Replace(line, " ").Trim();
        return line.Length > MostCharacters ? line[..MostCharacters] : line;
    }

    private static void Collect(JsonElement element, string? name, List<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var own = ObjectFields.NameOf(member);
                    Collect(member.Value, own is null || IsWrapper(own) ? name : name is null ? own : $"{name}.{own}", found);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, name, found);
                }

                break;
            case JsonValueKind.String or JsonValueKind.Number:
                if (Scalar(element) is { Length: > 0 } text)
                {
                    found.Add(name is null ? text : $"{name}: {text}");
                }

                break;
        }
    }

    private static string Scalar(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString()!.Trim() : element.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return ""; // a lone surrogate: unreadable
        }
    }

    /// <summary>Names that say only that an error follows.</summary>
    private static bool IsWrapper(string name) =>
        name is "detail" or "details" or "error" or "errors" or "message" or "messages" or "non_field_errors" or "__all__";

    private static string PageText(string html)
    {
        var title = Title().Match(html);
        var text = title.Success ? title.Groups[1].Value : Tags().Replace(Scripts().Replace(html, " "), " ");
        return new StringBuilder(System.Net.WebUtility.HtmlDecode(text)).ToString();
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

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();
}
