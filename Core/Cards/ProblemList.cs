using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Cards;

/// <summary>All that is wrong with a card, in Russian, as one status text that a manager can act on.</summary>
internal sealed class ProblemList
{
    private readonly List<string> missing = [];
    private readonly List<string> wrong = [];

    public bool IsEmpty => missing.Count == 0 && wrong.Count == 0;

    /// <summary>A required field is empty.</summary>
    public void Missing(string field) => missing.Add(field);

    /// <summary>A field breaks its format; the text says how.</summary>
    public void Wrong(string text) => wrong.Add(text);

    /// <summary>The value, or an empty text after noting that it is missing.</summary>
    public string Required(string? value, string field)
    {
        if (value is null)
        {
            Missing(field);
        }

        return value ?? "";
    }

    /// <summary>The value in its format; an empty text after noting that it is missing or wrong.</summary>
    public string Required(string? value, string field, Func<string, string?> format, string wrongText) =>
        value is null ? Required(null, field) : Formatted(value, format, wrongText) ?? "";

    /// <summary>The value in its format; <see langword="null"/> when it is empty, or after noting that it is wrong.</summary>
    public string? Optional(string? value, Func<string, string?> format, string wrongText) => value is null ? null : Formatted(value, format, wrongText);

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

    private string? Formatted(string value, Func<string, string?> format, string wrongText)
    {
        var formatted = format(value);
        if (formatted is null)
        {
            Wrong(wrongText);
        }

        return formatted;
    }
}
