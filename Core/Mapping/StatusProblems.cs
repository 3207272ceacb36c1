namespace B24Otmechalka.Core.Mapping;

/// <summary>Takes a status text that names what is wrong with a card apart, to count the problems of many cards.</summary>
public static class StatusProblems
{
    /// <summary>What is not filled in follows, with commas between.</summary>
    internal const string Missing = "Не заполнено: ";

    /// <summary>What is filled in wrongly follows, with semicolons between.</summary>
    internal const string Wrong = "Неверно: ";

    /// <summary>
    /// The problems, each as a status of its own; none in a text that names none. What an ellipsis has cut off is left out.
    /// </summary>
    public static IReadOnlyList<string> In(string status)
    {
        var wrongAt = status.IndexOf(Wrong, StringComparison.Ordinal);
        var (missing, wrong) = wrongAt < 0 ? (status, "") : (status[..wrongAt], status[(wrongAt + Wrong.Length)..]);
        return
        [
            .. missing.StartsWith(Missing, StringComparison.Ordinal) ? Parts(missing[Missing.Length..], ", ", Missing) : [],
            .. Parts(wrong, "; ", Wrong),
        ];
    }

    private static IEnumerable<string> Parts(string list, string separator, string prefix) =>
        list.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.TrimEnd('.'))
            .Where(part => part.Length > 0 && !part.EndsWith('…'))
            .Select(part => prefix + part);
}
