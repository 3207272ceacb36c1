using B24Otmechalka.Core.Configuration;

namespace B24Otmechalka.Core.Operations.Setup;

/// <summary>How alike two labels are: whole words count, and so does a slip of the pen.</summary>
internal static class LabelMatch
{
    /// <summary>From here on a label is proposed.</summary>
    public const double Least = 0.6;

    private const int Stem = 5;

    /// <summary>From 0, nothing in common, to 1, the same.</summary>
    public static double Between(string one, string other)
    {
        var (left, right) = (Words(one), Words(other));
        if (left.Length == 0 || right.Length == 0)
        {
            return 0;
        }

        var (a, b) = (string.Join(' ', left), string.Join(' ', right));
        var letters = 1 - ((double)EditDistance.Between(a, b) / Math.Max(a.Length, b.Length));
        var common = left.Count(word => right.Any(same => StemOf(same) == StemOf(word)));
        return Math.Max(letters, (double)common / Math.Max(left.Length, right.Length));
    }

    private static string[] Words(string label) =>
        new string([.. label.ToLowerInvariant().Replace('ё', 'е').Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );

    // «рождения» and «рождение» are one word.
    private static string StemOf(string word) => word.Length > Stem ? word[..Stem] : word;
}
