using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Characters;

namespace B24Otmechalka.Core.Mapping;

/// <summary>All that is wrong with a card, in Russian, as one status text that a manager can act on.</summary>
internal sealed class ProblemList
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

    /// <summary>The status text.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (missing.Count > 0)
        {
            parts.Add("Не заполнено: " + string.Join(", ", missing));
        }

        if (wrong.Count > 0)
        {
            parts.Add("Неверно: " + string.Join("; ", wrong));
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
