using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// How far a reading by <c>DATE_MODIFY</c> has come: the last second reached and which of its cards were taken already.
/// </summary>
/// <param name="after">The reading starts strictly after this moment.</param>
internal sealed class ListPosition(DateTimeOffset after)
{
    private readonly HashSet<string> taken = [];
    private bool inclusive;

    /// <summary>The last second reached.</summary>
    public DateTimeOffset Last { get; private set; } = after;

    /// <summary>How many cards of that second were taken; a list from there on has them again.</summary>
    public int Taken => taken.Count;

    /// <summary>The filter for the next page.</summary>
    public (string Key, JsonNode? Value) Condition => ((inclusive && Mechanism.WholeSeconds.IsOn() ? ">=" : ">") + CardTable.Modified, CardTable.Format(Last));

    /// <summary>Whether the page is all of one second, as far as it can be read.</summary>
    public static bool IsOneSecond(IReadOnlyList<Card> page) => page.Count == 0 || page[0].Modified == page[^1].Modified;

    /// <summary>Whether the page goes on from here.</summary>
    /// <exception cref="UnavailableException">The page is not in order: what follows cannot be trusted.</exception>
    public bool Fits(IReadOnlyList<Card> page)
    {
        for (var i = 1; i < page.Count; i++)
        {
            if (page[i].Modified < page[i - 1].Modified)
            {
                throw Ignored("order");
            }
        }

        return page.Count == 0 || (inclusive ? page[0].Modified >= Last : page[0].Modified > Last);
    }

    /// <summary>The page's cards that were not taken before; the position moves behind them.</summary>
    public IReadOnlyList<Card> Take(IReadOnlyList<Card> page)
    {
        var fresh = new List<Card>(page.Count);
        foreach (var card in page)
        {
            if (card.Modified != Last)
            {
                taken.Clear();
                Last = card.Modified;
                inclusive = true;
            }

            if (taken.Add(card.Id))
            {
                fresh.Add(card);
            }
        }

        return fresh;
    }

    public static UnavailableException Ignored(string what) => new(RequestMeter.Bitrix24, $"the list ignores its {what}");
}
