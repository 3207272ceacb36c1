using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Reads pages of cards by ascending ID, several in one request: each command goes on behind the last ID of the one before, by
/// <c>$result[…]</c>. An ID never moves, so no row is skipped or read twice, whatever changes meanwhile. So many pages at once as the
/// portal answers well within the time it gives a request.
/// </summary>
internal sealed class KeysetChain(Bitrix24Client client, EntityQueries table)
{
    /// <summary>Half of what the cloud gives one request (docs/bitrix24.md, section 1).</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    /// <summary>What an answer should not exceed: twice fifty pages of usual cards.</summary>
    private const int LargestAnswer = 6 * 1024 * 1024;

    private int mostPages = Bitrix24Client.MostCommands;

    /// <summary>The most bytes that a row took in an answer so far; 0 before the first.</summary>
    public int BytesPerRow { get; private set; }

    /// <summary>The cards of one request.</summary>
    /// <param name="Cards">The cards, ascending by ID.</param>
    /// <param name="Unreadable">The rows that cannot be read.</param>
    /// <param name="LastId">The ID to go on behind.</param>
    /// <param name="IsEnd">Whether there are no more in the range.</param>
    /// <param name="Total">How many rows of the range were left when the request came, if it counted them and the portal told.</param>
    /// <param name="PortalTime">The portal's clock when the request came.</param>
    internal sealed record Answer(
        IReadOnlyList<Card> Cards,
        IReadOnlyList<UnreadableRow> Unreadable,
        long LastId,
        bool IsEnd,
        int? Total,
        DateTimeOffset? PortalTime
    );

    /// <summary>Reads pages of a range in one request.</summary>
    /// <param name="range">The range of <c>DATE_MODIFY</c>.</param>
    /// <param name="afterId">Cards up to this ID were read already; 0 at the beginning.</param>
    /// <param name="pages">How many pages are worth asking for.</param>
    /// <param name="counts">Whether the rows that are left are counted, which is slow.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="UnavailableException">The portal cannot be used, refuses the list, or ignores filter or order.</exception>
    public async Task<Answer> ReadAsync(ModifiedRange range, long afterId, int pages, bool counts, CancellationToken cancellationToken)
    {
        while (true)
        {
            var commands = Commands(range, afterId, pages, counts);
            try
            {
                return commands.Count == 1
                    ? await client.QueryAsync(commands[0], answer => Single(answer, range, afterId), cancellationToken)
                    : await client.BatchAsync(commands, answer => Several(answer, range, afterId), cancellationToken);
            }
            catch (UnavailableException error) when (error.Code == UnavailableException.TooLarge && commands.Count > 1)
            {
                mostPages = Math.Max(1, commands.Count / 4); // cards may be large, and so many of them too large together
            }
        }
    }

    /// <summary>The error for a list that is not what was asked for: what follows cannot be trusted.</summary>
    public static UnavailableException Ignored(string what) => new(RequestMeter.Bitrix24, $"the list ignores its {what}");

    private List<Bitrix24Command> Commands(ModifiedRange range, long afterId, int pages, bool counts)
    {
        var commands = new List<Bitrix24Command> { Page(range, afterId, counts) };
        for (var i = 1; i < Math.Min(pages, mostPages); i++)
        {
            var lastRow = string.Create(CultureInfo.InvariantCulture, $"[c{i - 1}][{EntityQueries.PageSize - 1}][ID]");
            commands.Add(Page(range, Bitrix24Command.Reference(lastRow)));
        }

        return commands;
    }

    private Bitrix24Command Page(ModifiedRange range, JsonNode afterId, bool counts = false) =>
        table.List([.. range.Conditions, (">ID", afterId)], ["ID"], counts);

    private Answer Single(Bitrix24Answer answer, ModifiedRange range, long afterId)
    {
        var page = CardPage.Read(answer.Result) ?? throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoList);
        PaceBySize([page], answer.Bytes);
        return Join([page], range, new Answer([], [], afterId, false, answer.Total, answer.PortalTime));
    }

    private Answer Several(BatchAnswer batch, ModifiedRange range, long afterId)
    {
        PaceByTime(batch.Commands.Count, batch.Took);
        var pages = PagesOf(batch.Commands);
        PaceBySize(pages, batch.Bytes);
        return Join(pages, range, new Answer([], [], afterId, false, batch.Commands[0].Total, batch.PortalTime));
    }

    private List<CardPage> PagesOf(IEnumerable<CommandAnswer> commands)
    {
        var pages = new List<CardPage>();
        foreach (var command in commands)
        {
            if (command.Error is { } error && error != Bitrix24Error.NoAnswer)
            {
                // What was read before the failure is good; a failure at the first page is the portal's.
                return pages.Count > 0 ? pages : throw Bitrix24Client.Refused(table.ListMethod, error);
            }

            if (CardPage.Read(command.Result) is not { } page)
            {
                return pages.Count > 0 ? pages : throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoList);
            }

            pages.Add(page);
            if (!page.IsFull || page.EndsWith == LastRow.Unreadable)
            {
                break; // the commands behind it started again from the beginning, or nobody knows where
            }
        }

        return pages;
    }

    private Answer Join(List<CardPage> pages, ModifiedRange range, Answer answer)
    {
        // Where cards came before, the last ones may all be spoilt: such a page is a list's end and must not block what is behind it.
        var mayBeSpoilt = answer.LastId > 0 && pages.All(page => page.Unreadable.All(row => row.IsOfACard));
        if (!mayBeSpoilt && pages.Any(page => page.IsNoList) && pages.All(page => page.Readable.Count == 0))
        {
            throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoCards);
        }

        foreach (var page in pages)
        {
            if (!page.Readable.All(range.Contains))
            {
                throw Ignored("filter");
            }

            if (!GoesOn(page.Readable, answer.LastId))
            {
                // The server reads references in its own way: one page at a time from now on.
                mostPages = page == pages[0] ? throw Ignored("order") : 1;
                return answer;
            }

            answer = answer with
            {
                Cards = [.. answer.Cards, .. page.Readable],
                Unreadable = [.. answer.Unreadable, .. page.Unreadable],
                LastId = Math.Max(answer.LastId, page.LastNumber ?? 0),
                IsEnd = !page.IsFull,
            };
        }

        return answer;
    }

    private static bool GoesOn(IReadOnlyList<Card> page, long last)
    {
        foreach (var card in page)
        {
            if (card.Number <= last)
            {
                return false;
            }

            last = card.Number;
        }

        return true;
    }

    private void PaceByTime(int commands, TimeSpan? took)
    {
        if (took is { } time && time * Bitrix24Client.MostCommands > LongestRequest * commands)
        {
            mostPages = Math.Clamp((int)(LongestRequest / (time / commands)), 1, mostPages);
        }
    }

    private void PaceBySize(List<CardPage> pages, int bytes)
    {
        if (pages.Sum(page => page.Rows) is > 0 and var rows)
        {
            BytesPerRow = Math.Max(BytesPerRow, bytes / rows);
            mostPages = Math.Clamp(LargestAnswer / Math.Max(1, BytesPerRow * EntityQueries.PageSize), 1, mostPages);
        }
    }
}
