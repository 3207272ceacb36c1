using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace B24Otmechalka.Sandbox.Otmechalka;

/// <summary>
/// Reads a body member by member, strictly in the types of docs/spec.md, section 4.2, and collects what is wrong with it.
/// </summary>
internal sealed partial class BodyReader(JsonObject body, Problems problems, OtmechalkaOptions options)
{
    /// <summary>How long a name, a full name, an external ID and an e-mail may be (docs/otmechalka-api.yaml).</summary>
    private const int OrdinaryLength = 255;

    public const int LongLength = 511;
    public const int IdLength = 64;
    private const int EmailLength = 254;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public string? Text(
        string member,
        bool required = true,
        Regex? pattern = null,
        string expected = "",
        int mostCharacters = OrdinaryLength
    )
    {
        if (!TryGet(member, required, out var value))
        {
            return null;
        }

        if (value.GetValueKind() != JsonValueKind.String)
        {
            problems.Add(member, "Введите строку.");
        }
        else if (value.ToString().Trim().Length == 0)
        {
            problems.Add(member, "Это поле не может быть пустым.");
        }
        else if (value.ToString().EnumerateRunes().Count() > mostCharacters)
        {
            problems.Add(member, $"Убедитесь, что это значение содержит не более {mostCharacters} символов.");
        }
        else if (pattern is not null && !pattern.IsMatch(value.ToString()))
        {
            problems.Add(member, expected);
        }
        else
        {
            return value.ToString();
        }

        return null;
    }

    public decimal? Money(string member)
    {
        var text = Text(member, pattern: MoneyPattern(), expected: "Введите сумму, например 9000.00.");
        return text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    public string? Phone(string member) =>
        Text(member, pattern: PhonePattern(), expected: "Введите телефон цифрами, например 79261234567.");

    public string? Email(string member) =>
        Text(member, required: false, EmailPattern(), "Введите правильный адрес электронной почты.", EmailLength);

    public void Date(string member, bool required)
    {
        var text = Text(member, required);
        if (text is not null && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            problems.Add(member, "Неправильный формат даты: нужен YYYY-MM-DD.");
        }
    }

    public void Choice(string member, params string[] choices)
    {
        if (Text(member) is { } text && !choices.Contains(text))
        {
            problems.Add(member, $"Значения «{text}» нет среди допустимых вариантов.");
        }
    }

    /// <summary>An ID of one of the lists that otmechalka has; an empty list takes any.</summary>
    public string? Reference(string member, IReadOnlyDictionary<string, string> known)
    {
        var text = Text(member);
        if (text is not null && known.Count > 0 && !known.ContainsKey(text))
        {
            problems.Add(member, $"Недопустимый ключ «{text}»: объект не существует.");
        }

        return text;
    }

    public IReadOnlyList<string> References(string member, IReadOnlyDictionary<string, string> known)
    {
        if (!TryGet(member, required: true, out var value))
        {
            return [];
        }

        if (value is not JsonArray array || array.Any(item => item?.GetValueKind() != JsonValueKind.String))
        {
            problems.Add(member, "Введите список строк.");
            return [];
        }

        var ids = array.Select(item => item!.ToString()).ToList();
        if (ids.Count == 0)
        {
            problems.Add(member, "Этот список не может быть пустым.");
        }

        foreach (var id in ids.Where(id => known.Count > 0 && !known.ContainsKey(id)))
        {
            problems.Add(member, $"Недопустимый ключ «{id}»: объект не существует.");
        }

        return ids;
    }

    /// <summary>To be called last: what nobody asked for is a mistake of the sender.</summary>
    public void RefuseTheRest()
    {
        foreach (var (member, _) in body.Where(pair => options.Strict && !known.Contains(pair.Key)))
        {
            problems.Add(member, "Неизвестное поле.");
        }
    }

    private bool TryGet(string member, bool required, out JsonNode value)
    {
        known.Add(member);
        var present = body.TryGetPropertyValue(member, out var found);
        value = found!;
        if (found is not null)
        {
            return true;
        }

        if (present && (required || options.Strict))
        {
            problems.Add(member, "Это поле не может быть null.");
        }
        else if (required)
        {
            problems.Add(member, "Обязательное поле.");
        }

        return false;
    }

    [GeneratedRegex(@"^\d+\.\d\d$", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyPattern();

    [GeneratedRegex(@"^[1-9]\d{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();
}
