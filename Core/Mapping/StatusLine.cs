using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace B24Otmechalka.Core.Mapping;

/// <summary>The text of «Статус синхронизации»: one line of at most 255 characters (docs/spec.md, section 9).</summary>
internal static partial class StatusLine
{
    /// <summary>The record is in otmechalka, or there is nothing to send of it.</summary>
    public const string Success = "Успешно";

    /// <summary>The most characters of a status.</summary>
    public const int MostCharacters = 255;

    /// <summary>One line, cut at a word with an ellipsis when it is too long.</summary>
    public static string Of(string text)
    {
        var line = Spaces().Replace(text, " ").Trim();
        if (line.Length <= MostCharacters)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', MostCharacters - 1);
        var length = cut > MostCharacters / 2 ? cut : MostCharacters - 1;
        length -= char.IsHighSurrogate(line[length - 1]) ? 1 : 0;
        return line[..length].TrimEnd(' ', ',', ';', ':', '.') + "…";
    }

    /// <summary>A plain hash: tells whether a field holds this text, not what it says.</summary>
    public static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Spaces();
}
