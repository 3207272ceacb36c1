using System.Text.Json;
using System.Text.RegularExpressions;

namespace B24Otmechalka.Core.Otmechalka;

/// <summary>What an error says.</summary>
/// <param name="Text">One line for the managers; empty when nothing in it can be read.</param>
/// <param name="Code">A code without words, where there is nothing else.</param>
/// <param name="Field">The one field of ours that all of it is about, by the API's name; <see langword="null"/> otherwise.</param>
internal sealed record ErrorLine(string Text, string? Code, string? Field = null);

/// <summary>
/// Makes one readable line of an error body. Its format is not documented (docs/spec.md, section 4.2): a JSON object of messages, a
/// <c>detail</c>, a list of what is wrong with which field, plain text or a page of HTML.
/// </summary>
internal static partial class ErrorReader
{
    /// <summary>So much is kept of a line: a status holds 255 characters.</summary>
    private const int MostCharacters = 4000;

    /// <summary>A longer code is no code.</summary>
    private const int LongestCode = 40;

    /// <summary>Deeper than any error is nested, and not so deep that reading it could exhaust the stack.</summary>
    private static readonly JsonDocumentOptions Tolerant = new()
    {
        MaxDepth = 200,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Members that name the field that the message beside them is about.</summary>
    private static readonly HashSet<string> Pointers =
    [
        "field",
        "fieldname",
        "attr",
        "attribute",
        "loc",
        "location",
        "param",
        "parameter",
        "property",
        "path",
        "pointer",
        "source",
        "name",
        "key",
    ];

    /// <summary>Members that hold a code of the error and, as a rule, no words.</summary>
    private static readonly HashSet<string> Codes = ["code", "errorcode", "type", "errortype", "status"];

    /// <summary>Members that say nothing to a person, or repeat what was sent.</summary>
    private static readonly HashSet<string> Noise =
    [
        "statuscode",
        "success",
        "ok",
        "timestamp",
        "time",
        "traceid",
        "requestid",
        "instance",
        "url",
        "method",
        "input",
        "ctx",
        "value",
        "rejectedvalue",
        "stack",
        "trace",
    ];

    /// <summary>Words that make no reason, however many stand together: <c>Error: HTTP 400</c>.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "http",
        "https",
        "error",
        "err",
        "code",
        "status",
        "ошибка",
        "код",
        "статус",
        "null",
        "none",
    };

    /// <summary>Reads the body.</summary>
    public static ErrorLine Read(string body)
    {
        var found = new Findings();
        if (!TryCollect(body, default, found, nested: 0) && !LooksLikeJson().IsMatch(body))
        {
            Note(body, default, found, nested: 1);
        }

        var line = string.Join("; ", found.Texts.Distinct());
        return new ErrorLine(
            line.Length > MostCharacters ? line[..MostCharacters] : line,
            found.Code,
            found.Fields.Count == 1 ? found.Fields.First() : null
        );
    }

    private static bool TryCollect(string json, FieldNames.Place place, Findings found, int nested)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            Collect(document.RootElement, place, found, nested);
            return true;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return false; // no JSON; or a lone surrogate, which no JSON can hold
        }
    }

    private static void Collect(JsonElement element, FieldNames.Place place, Findings found, int nested)
    {
        if (found.IsFull)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                CollectMembers(element, place, found, nested);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, place, found, nested);
                }

                break;
            case JsonValueKind.String:
                Note(TextOf(element), place, found, nested);
                break;
            case JsonValueKind.Number when place.Other is null:
                Note(element.GetRawText(), place, found, nested);
                break;
        }
    }

    private static void CollectMembers(JsonElement element, FieldNames.Place place, Findings found, int nested)
    {
        var members = element.EnumerateObject().Select(member => (Name: ObjectFields.NameOf(member) ?? "", member.Value)).ToList();
        var pointed = members
            .Where(member => Pointers.Contains(FieldNames.Spelling(member.Name)))
            .SelectMany(member => TextsOf(member.Value))
            .FirstOrDefault(text => !text.Any(char.IsWhiteSpace) && FieldNames.IsOurs(text));
        var here = pointed is null ? place : place.Enter(pointed);
        var before = found.Texts.Count;
        string? code = null;
        foreach (var (name, value) in members)
        {
            var spelling = FieldNames.Spelling(name);
            if (Noise.Contains(spelling) || (pointed is not null && Pointers.Contains(spelling)))
            {
                continue;
            }

            if (Codes.Contains(spelling) && TextsOf(value).Select(Clean).All(text => !IsReadable(text)))
            {
                code ??= TextsOf(value).Select(Clean).FirstOrDefault(IsCode);
                continue;
            }

            Collect(value, here.Enter(name), found, nested);
        }

        if (pointed is not null && found.Texts.Count == before)
        {
            found.Add(OtmechalkaTexts.OfField(here.Field!, null, code), here.Ours); // its field, and nothing about it
        }

        found.Code ??= code;
    }

    private static void Note(string text, FieldNames.Place place, Findings found, int nested)
    {
        // A program that passes on another's answer puts it into a text of its own.
        if (nested < 2 && LooksLikeJson().IsMatch(text) && TryCollect(text, place, found, nested + 1))
        {
            return;
        }

        var begin = text.Length > MostCharacters * 4 ? text[..(MostCharacters * 4)] : text;
        var line = Clean(ErrorPage.IsPage(begin) ? ErrorPage.TextOf(begin) : begin);
        var code = IsCode(line) ? line : null;
        if (IsReadable(line))
        {
            var words = FieldNames.Translate(line);
            found.Add(place.Field is { } field ? OtmechalkaTexts.OfField(field, words, null) : words, place.Ours);
        }
        else if (place.Ours is not null && line.Length > 0)
        {
            found.Add(OtmechalkaTexts.OfField(place.Field!, null, code), place.Ours);
        }
        else
        {
            found.Code ??= code;
        }
    }

    /// <summary>One line, without an end that leads to nothing: "Validation failed: error" says no more than "Validation failed".</summary>
    private static string Clean(string text)
    {
        var line = Spaces().Replace(text, " ");
        for (var length = -1; length != line.Length; )
        {
            length = line.Length;
            line = EmptyEnd().Replace(line.Trim().TrimEnd(':', ';', ',', '=', '-', ' '), "");
        }

        return line;
    }

    /// <summary>Words, not only a code or punctuation, and no text whose bytes were meant for another alphabet.</summary>
    private static bool IsReadable(string line) =>
        !OneWord().IsMatch(line)
        && Words().Matches(line).Any(word => !Empty.Contains(word.Value))
        && line.Count(character => character == '\ufffd') * 4 <= line.Length;

    private static bool IsCode(string line) =>
        line.Length <= LongestCode && OneWord().IsMatch(line) && line.Any(char.IsLetterOrDigit) && !Empty.Contains(line);

    /// <summary>The texts and numbers of a value, or directly in it.</summary>
    private static IEnumerable<string> TextsOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select(Scalar),
            JsonValueKind.Object => value.EnumerateObject().Select(member => Scalar(member.Value)),
            _ => [Scalar(value)],
        };

    private static string Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => TextOf(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return ""; // a lone surrogate: unreadable
        }
    }

    [GeneratedRegex(@"^\s*[\[{]\s*[""\[{\]}]")]
    private static partial Regex LooksLikeJson();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@": ?(error|ошибка)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex EmptyEnd();

    /// <summary>Latin letters and digits without a blank: a code, or a word that no manager can act on.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_.:#/-]+$")]
    private static partial Regex OneWord();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();

    private sealed class Findings
    {
        private int length;

        public List<string> Texts { get; } = [];

        public string? Code { get; set; }

        public bool IsFull => length > MostCharacters;

        /// <summary>The fields of ours that the texts are about; <see langword="null"/> for one that is about none.</summary>
        public HashSet<string?> Fields { get; } = [];

        public void Add(string text, string? field)
        {
            Texts.Add(text);
            Fields.Add(field);
            length += text.Length;
        }
    }
}
