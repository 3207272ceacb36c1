using System.Text.Json;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>One page of a list of cards, as far as it can be read.</summary>
/// <param name="Readable">The good cards, in the portal's order; one that comes twice is here once, as it was changed last.</param>
/// <param name="Unreadable">The other rows.</param>
/// <param name="Rows">How many rows the portal gave: what decides whether the page is full.</param>
/// <param name="LastNumber">The last row's ID, as far as it can be read; otherwise that of the last row that has one.</param>
/// <param name="EndsWith">
/// What of the last row can be read: nothing, its ID, or all of it. A <see cref="KeysetChain"/> goes on from that row.
/// </param>
internal sealed record CardPage(
    IReadOnlyList<Card> Readable,
    IReadOnlyList<UnreadableRow> Unreadable,
    int Rows,
    long? LastNumber,
    LastRow EndsWith
)
{
    /// <summary>Whether there may be a page after it.</summary>
    public bool IsFull => Rows >= EntityQueries.PageSize;

    /// <summary>Whether rows came and none of them can be read: then it is no list of cards (docs/spec.md, section 6).</summary>
    public bool IsNoList => Rows > 0 && Readable.Count == 0;

    /// <summary>
    /// The page in a list's result; <see langword="null"/> when that is no list (see <see cref="JsonReading.Rows"/>): a failed read, which
    /// is never an empty page.
    /// </summary>
    public static CardPage? Read(JsonElement result)
    {
        if (result.Rows() is not { } rows)
        {
            return null;
        }

        var latest = new Dictionary<string, Card>(rows.Count);
        var cards = new List<Card>(rows.Count);
        var unreadable = new List<UnreadableRow>();
        long? last = null;
        var end = LastRow.Good;
        foreach (var row in rows)
        {
            if (Card.TryRead(row, out var card, out var bad))
            {
                (last, end) = (card.Number, LastRow.Good);
                cards.Add(card);
                if (!latest.TryGetValue(card.Id, out var other) || card.Modified > other.Modified)
                {
                    latest[card.Id] = card;
                }
            }
            else
            {
                unreadable.Add(bad);
                end = bad.Id is null ? LastRow.Unreadable : LastRow.OnlyId;
                last = bad.Id is { } id ? long.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : last;
            }
        }

        cards.RemoveAll(card => latest[card.Id] != card);
        return new CardPage(cards, unreadable, rows.Count, last, end);
    }

    /// <summary>
    /// What a list answers that was asked for these IDs. A row among them that cannot be read is that row's matter, even if it is
    /// the only one.
    /// </summary>
    /// <exception cref="UnavailableException">It is no list of these cards; to be tried again.</exception>
    public static CardPage ReadAsked(JsonElement result, string method, IReadOnlyCollection<string> asked)
    {
        var page = Read(result) ?? throw Bitrix24Client.FailedRead(method, NoList);
        if (page.IsNoList && !page.Unreadable.Any(row => row.Id is { } id && asked.Contains(id)))
        {
            throw Bitrix24Client.FailedRead(method, NoCards);
        }

        return page.Readable.All(card => asked.Contains(card.Id))
            ? page
            : throw Bitrix24Client.FailedRead(method, "the list ignores its filter");
    }

    /// <summary>What is said of a result that is no list.</summary>
    public const string NoList = "an answer that is no list";

    /// <summary>What is said of a list without a readable card.</summary>
    public const string NoCards = "a list without IDs and dates";
}

/// <summary>What can be read of the last row of a page.</summary>
internal enum LastRow
{
    Good,
    OnlyId,
    Unreadable,
}
