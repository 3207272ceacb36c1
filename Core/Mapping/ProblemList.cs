using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Characters;

namespace B24Otmechalka.Core.Mapping;

/// <summary>All that is wrong with a card, in Russian, as one status text that a manager can act on.</summary>
/// <param name="former">
/// How the texts were worded before, by the present ones: see <see cref="FormerText"/>. <see langword="null"/> where none has changed.
/// </param>
internal sealed class ProblemList(IReadOnlyDictionary<string, string>? former = null)
{
    /// <summary>What is said of a field, after its name, that holds half an emoji or another broken character.</summary>
    public const string BrokenCharacter = " (испорченный символ, введите заново)";

    private readonly List<string> missing = [];
    private readonly List<string> wrong = [];

    public bool IsEmpty => missing.Count == 0 && wrong.Count == 0;

    /// <summary>A required field is empty.</summary>
    public void Missing(string field) => missing.Add(field);

    /// <summary>A field breaks its format; the text says how.</summary>
    public void Wrong(string text) => wrong.Add(text);

    /// <summary>The value, or an empty text after noting that it is missing or holds a broken character.</summary>
    public string Required(string? value, string field) => Required(value, field, text => text, "");

    /// <summary>The value in its format; an empty text after noting that it is missing or wrong.</summary>
    public string Required(string? value, string field, Func<string, string?> format, string wrongText)
    {
        if (value is null)
        {
            Missing(field);
        }

        return Optional(value, field, format, wrongText) ?? "";
    }

    /// <summary>A name as people read it; an empty text after noting that it is missing or holds a broken character.</summary>
    public string Name(string? value, string field) => Required(value, field, VisibleText.Name, "");

    /// <summary>The value in its format; <see langword="null"/> when it is empty, or after noting that it is wrong.</summary>
    public string? Optional(string? value, string field, Func<string, string?> format, string wrongText)
    {
        if (value is null || IsBroken(value, field))
        {
            return null;
        }

        var formatted = format(value);
        if (formatted is null)
        {
            Wrong(wrongText);
        }

        return formatted;
    }

    /// <summary>The values of a list, after noting when one of them holds a broken character.</summary>
    public IReadOnlyList<string> Whole(IReadOnlyList<string> values, string field)
    {
        IsBroken(string.Concat(values), field);
        return values;
    }

    /// <summary>What mapping made of the card: all of these problems.</summary>
    public MappingResult.Invalid ToResult() => new(ToString()) { FormerStatus = FormerText() };

    /// <summary>The status text.</summary>
    public override string ToString() => Text(missing, wrong);

    /// <summary>The same problems as they were worded before; <see langword="null"/> where that is no other text.</summary>
    private string? FormerText()
    {
        var text = Text(missing.ConvertAll(Before), wrong.ConvertAll(Before));
        return text == ToString() ? null : text;
    }

    private string Before(string text) => former?.GetValueOrDefault(text) ?? text;

    private static string Text(List<string> missing, List<string> wrong)
    {
        var parts = new List<string>();
        if (missing.Count > 0)
        {
            parts.Add(StatusProblems.Missing + string.Join(", ", missing));
        }

        if (wrong.Count > 0)
        {
            parts.Add(StatusProblems.Wrong + string.Join("; ", wrong));
        }

        return StatusLine.Of(string.Join(". ", parts));
    }

    private bool IsBroken(string value, string field)
    {
        var isBroken = value.Contains(VisibleText.Broken, StringComparison.Ordinal);
        if (isBroken)
        {
            Wrong(field + BrokenCharacter);
        }

        return isBroken;
    }
}
