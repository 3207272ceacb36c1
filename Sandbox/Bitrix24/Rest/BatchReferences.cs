using System.Text.RegularExpressions;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// Replaces <c>$result[key][field]</c> by earlier results. It runs after decoding, so encoding does not protect a text
/// that happens to contain one (docs/bitrix24.md, section 9, trap 29).
/// </summary>
internal static partial class BatchReferences
{
    public static PhpArray Resolve(PhpArray parameters, PhpArray results, bool unresolvedStay)
    {
        var resolved = new PhpArray();
        foreach (var (key, value) in parameters)
        {
            resolved[key] = value switch
            {
                PhpArray nested => Resolve(nested, results, unresolvedStay),
                string text when text.Contains("$result[", StringComparison.Ordinal) => Resolve(text, results, unresolvedStay),
                _ => value,
            };
        }

        return resolved;
    }

    private static object? Resolve(string text, PhpArray results, bool unresolvedStay)
    {
        var whole = Reference().Match(text);
        if (whole.Success && whole.Length == text.Length && Find(whole, results) is PhpArray array)
        {
            return array;
        }

        return Reference()
            .Replace(
                text,
                match =>
                    Find(match, results) is { } value ? PhpValue.Text(value)
                    : unresolvedStay ? match.Value
                    : ""
            );
    }

    private static object? Find(Match reference, PhpArray results)
    {
        object? current = results;
        foreach (Capture key in reference.Groups["key"].Captures)
        {
            current = current is PhpArray array ? array[key.Value] : null;
        }

        return current;
    }

    [GeneratedRegex(@"\$result(?:\[(?<key>[^\[\]]+)\])+", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
