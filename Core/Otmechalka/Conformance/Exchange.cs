using System.Globalization;
using System.Text.Json;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>What is asked of the stand.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The address below the base address.</param>
internal sealed record Question(HttpMethod Method, string Path)
{
    /// <summary>The body; <see langword="null"/> where there is none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>What the body is said to be.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>What stands in the key's header; <see langword="null"/> leaves the header out.</summary>
    public required string? Key { get; init; }

    /// <summary>
    /// Where the record can be found if the answer to its create is lost; <see langword="null"/> for what may simply be sent again.
    /// </summary>
    public string? SearchPath { get; init; }
}

/// <summary>A question and what came back.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Status">The status; 0 where no answer came.</param>
/// <param name="Failure">Why no answer came, as a short code.</param>
internal sealed record Exchange(Question Question, int Status, string? Failure = null)
{
    /// <summary>So much of a text is shown.</summary>
    private const int MostShown = 160;

    /// <summary>So many members of an object are named.</summary>
    private const int MostMembers = 3;

    /// <summary>The body, read as UTF-8 whatever it claims to be.</summary>
    public string Body { get; init; } = "";

    /// <summary>What the body is said to be, without its parameters.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    /// <summary>How long the stand asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it is one of the answers that the product takes for a system that is unavailable for a while.</summary>
    public bool IsOutage => Failure is not null || Status is 408 or 429 or 502 or 503 or 504;

    /// <summary>Whether the status says that all is well.</summary>
    public bool IsSuccess => Status is 200 or 201;

    /// <summary>Whether the body is a JSON object.</summary>
    public bool IsObject => Read(root => root.ValueKind == JsonValueKind.Object);

    /// <summary>The object's members as texts; none where the body is no object.</summary>
    public IReadOnlyList<ObjectField> Fields => IsObject ? ObjectFields.Read(Body) : [];

    /// <summary>The record's own ID; empty where it has none.</summary>
    public string Id => ValueOf("id") ?? "";

    /// <summary>What was sent and what came back. Of an object of somebody's only its IDs are told.</summary>
    public string Evidence => $"{Question.Method} {Question.Path} → {Answer}";

    private string Answer =>
        Failure is not null ? Failure
        : Status is >= 300 and < 400 ? $"{Number} {Location}".TrimEnd()
        : Status is >= 200 and < 300 ? $"{Number} {Shown}"
        : $"{Number} «{OtmechalkaTexts.Reason(ErrorReader.Read(Body), $"HTTP {Number}")}»";

    private string Number => Status.ToString(CultureInfo.InvariantCulture);

    private string Shown =>
        Body.Length == 0 ? "(empty)"
        : IsObject ? Members()
        : ErrorPage.IsPage(Body) ? $"HTML «{Cut(ErrorPage.TextOf(Body).Trim())}»"
        : Read(_ => true) ? "JSON that is no object"
        : "a text";

    // The IDs with their values, of the rest some names.
    private string Members()
    {
        var named = Fields
            .OrderByDescending(member => member.Name is "id" or "origin_id")
            .Take(MostMembers)
            .Select(member => member.Name is "id" or "origin_id" ? $"{member.Name}: {string.Join(' ', member.Values)}" : member.Name);
        return $"{{{string.Join(", ", named)}{(Fields.Count > MostMembers ? ", …" : "")}}}";
    }

    /// <summary>The first value of a member; <see langword="null"/> where there is none.</summary>
    public string? ValueOf(string member) => Fields.Where(one => one.Name == member).SelectMany(one => one.Values).FirstOrDefault();

    /// <summary>Whether the object has a member of this name, with messages in the agreed form.</summary>
    public bool NamesInForm(string field) =>
        Read(root =>
            root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty(field, out var messages)
            && messages.ValueKind == JsonValueKind.Array
            && messages.GetArrayLength() > 0
            && messages.EnumerateArray().All(message => message.ValueKind == JsonValueKind.String && message.GetString()!.Trim().Length > 0)
        );

    private bool Read(Func<JsonElement, bool> read)
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false; // no JSON, or a text in it that holds half a character
        }
    }

    private static string Cut(string text) => text.Length > MostShown ? text[..MostShown] + "…" : text;
}
