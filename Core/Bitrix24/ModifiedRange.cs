using System.Text.Json.Nodes;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>A range of <c>DATE_MODIFY</c>; each end that is given holds.</summary>
internal sealed record ModifiedRange
{
    /// <summary>Its beginning, exclusive.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Its beginning, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Its end, exclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Its end, inclusive.</summary>
    public DateTimeOffset? UpTo { get; init; }

    /// <summary>The filter's conditions.</summary>
    public IEnumerable<(string Key, JsonNode? Value)> Conditions =>
        new (string Key, DateTimeOffset? Moment)[] { (">", After), (">=", From), ("<", Before), ("<=", UpTo) }
            .Where(end => end.Moment is not null)
            .Select(end => (end.Key + EntityQueries.Modified, (JsonNode?)EntityQueries.Format(end.Moment!.Value)));

    /// <summary>
    /// Whether a card that the portal gives for these conditions satisfies them: an unknown filter is dropped silently (docs/bitrix24.md,
    /// trap 7).
    /// </summary>
    public bool Contains(Card card) =>
        !(card.Modified <= After) && !(card.Modified < From) && !(card.Modified >= Before) && !(card.Modified > UpTo);
}
