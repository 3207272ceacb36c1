using System.Text.RegularExpressions;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>
/// Finds the names of our fields in what otmechalka says, and tells them in the managers' words (docs/spec.md, section 4.2).
/// </summary>
internal static partial class FieldNames
{
    /// <summary>The API's names by how they may be spelled: <c>lastName</c>, <c>last-name</c>.</summary>
    private static readonly Dictionary<string, string> BySpelling = OtmechalkaTexts.Fields.ToDictionary(
        field => Spelling(field.Key),
        field => field.Key
    );

    /// <summary>Names that say only that an error follows, or what it is about as a whole.</summary>
    private static readonly HashSet<string> Wrappers =
    [
        "detail",
        "details",
        "error",
        "errors",
        "message",
        "messages",
        "msg",
        "text",
        "reason",
        "description",
        "errordescription",
        "errormessage",
        "title",
        "info",
        "nonfielderrors",
        "all",
        "validationerrors",
        "fielderrors",
        "data",
        "body",
        "fields",
        "attributes",
        "payload",
        "request",
        "response",
        "result",
        "client",
        "ticket",
        "visitor",
        "object",
        "root",
        "form",
        "json",
        "exception",
    ];

    /// <summary>What is longer names nothing.</summary>
    private const int LongestPath = 200;

    /// <summary>The name as it is compared.</summary>
    public static string Spelling(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>
    /// Where in an error a message stands, told by the names on the way to it: <c>client.phone.0</c> and
    /// <c>/data/attributes/phone</c> lead to «телефон».
    /// </summary>
    /// <param name="Ours">The last field of ours, by the API's name.</param>
    /// <param name="Other">The last name that is no field of ours and not only a wrapper.</param>
    public readonly record struct Place(string? Ours, string? Other)
    {
        /// <summary>What is told before the message; <see langword="null"/> where the message stands for itself.</summary>
        public string? Field => Ours is null ? Other : OtmechalkaTexts.Fields[Ours];

        /// <summary>One name, or several as a path, further.</summary>
        public Place Enter(string path)
        {
            var place = this;
            foreach (var name in Separators().Split(path.Length > LongestPath ? path[..LongestPath] : path))
            {
                var spelling = Spelling(name);
                place =
                    BySpelling.TryGetValue(spelling, out var ours) ? new Place(ours, null)
                    : Wrappers.Contains(spelling) || !name.Any(char.IsLetter) ? place
                    : place with { Other = Invisible().Replace(name, "") };
            }

            return place;
        }
    }

    /// <summary>Whether a path leads to a field of ours.</summary>
    public static bool IsOurs(string path) => Separators().Split(path).Any(name => BySpelling.ContainsKey(Spelling(name)));

    /// <summary>
    /// A message with the names of our fields in words. A name that is an ordinary word, too, is one only in quotes, before
    /// a colon, or in a Russian sentence.
    /// </summary>
    public static string Translate(string message)
    {
        var isRussian = Cyrillic().IsMatch(message);
        return Name()
            .Replace(
                message,
                match =>
                {
                    var name = match.Groups["name"].Value;
                    var quotes = match.Groups["open"].Length > 0 && match.Groups["close"].Length > 0;
                    var isName = name.Contains('_', StringComparison.Ordinal) || quotes || match.Groups["colon"].Length > 0 || isRussian;
                    return !isName || !OtmechalkaTexts.Fields.TryGetValue(name, out var words) ? match.Value
                        : match.Groups["colon"].Length > 0 ? words + ":"
                        : quotes ? $"«{words}»"
                        : $"{match.Groups["open"].Value}«{words}»{match.Groups["close"].Value}";
                }
            );
    }

    [GeneratedRegex(@"[.\[\]/:\\\s$]+")]
    private static partial Regex Separators();

    // Not a part of an address, of another name or of an e-mail.
    [GeneratedRegex("""(?<open>["'`«“]?)(?<![\w.@/\-])(?<name>[A-Za-z]+(_[A-Za-z]+)*)(?![\w@/\-]|\.\w)(?<close>["'`»”]?)(?<colon>\s?:)?""")]
    private static partial Regex Name();

    [GeneratedRegex(@"\p{C}")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();
}
