using System.Text.RegularExpressions;
using Xunit;

namespace B24Otmechalka.Core.Tests.Fuzzing;

/// <summary>What a manager may see in «Статус синхронизации»: one Russian line that fits the field.</summary>
internal static partial class ReadableText
{
    /// <summary>A text of ours, made of nothing that was read.</summary>
    public static void CheckOurs(string status)
    {
        CheckLine(status);
        Assert.DoesNotMatch(Technical(), status);
    }

    /// <summary>A text that ends with another system's words.</summary>
    public static void CheckLine(string status)
    {
        Assert.InRange(status.Length, 1, 255);
        Assert.Equal(status.Trim(), status);
        Assert.Matches(Russian(), status);
        Assert.DoesNotContain(status, char.IsControl);
        Assert.True(IsWhole(status), "half a character");
    }

    /// <summary>A text that tells a reason, and does not end in a colon, in a bare code or in the word "error".</summary>
    public static void CheckEnd(string status) => Assert.DoesNotMatch(BareEnd(), status);

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && ++i < text.Length && char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@":\s*(error|ошибка)?$|^[^:]+:\s*(HTTP[\s\d]*|[A-Za-z0-9_]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex BareEnd();

    [GeneratedRegex("^[А-ЯЁ][а-яё]")]
    private static partial Regex Russian();

    [GeneratedRegex(@"[{}<>]|\bSystem\.|Exception|\bat |_|0x|UF_|null")]
    private static partial Regex Technical();
}
