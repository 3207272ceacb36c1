using System.Text;

namespace B24Otmechalka.Core.Operations.Why;

/// <summary>Russian words typed while the keyboard was in its English layout: a frequent slip, and nothing is found by them.</summary>
internal static class KeyboardLayout
{
    private const string English = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
    private const string Russian = "йцукенгшщзхъфывапролджэячсмитьбюё";

    /// <summary>The text in the Russian layout; <see langword="null"/> when it has other letters than English ones, or none.</summary>
    public static string? ToRussian(string text)
    {
        var russian = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var key = English.IndexOf(char.ToLowerInvariant(character), StringComparison.Ordinal);
            if (key < 0 && char.IsLetter(character))
            {
                return null;
            }

            russian.Append(
                key < 0 ? character
                : char.IsUpper(character) ? char.ToUpperInvariant(Russian[key])
                : Russian[key]
            );
        }

        return text.Any(char.IsAsciiLetter) ? russian.ToString() : null;
    }
}
