using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Asks for several pages of a list in one request: each command goes on where the one before ended, by
/// <c>$result[…]</c>. So many at once as the portal answers well within the time it gives a request, and as make an answer
/// of a few megabytes.
/// </summary>
internal sealed class ListChain(Bitrix24Client client, CardTable table)
{
    /// <summary>Half of what the cloud gives one request (docs/bitrix24.md section 1).</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    /// <summary>What an answer should not exceed: twice fifty pages of usual cards.</summary>
    private const int LargestAnswer = 6 * 1024 * 1024;

    private int most = Bitrix24Client.MostCommands;

    /// <summary>The pages as far as they are to be had, up to the first that is not full.</summary>
    /// <param name="Pages">At least one.</param>
    /// <param name="Total">How many rows the first command's filter matches, when it asked for a count and the portal told.</param>
    /// <param name="PortalTime">The portal's clock when the request came.</param>
    internal sealed record Answer(IReadOnlyList<CardPage> Pages, int? Total, DateTimeOffset? PortalTime);

    /// <summary>The rows that cannot be read, of the pages that were accepted.</summary>
    public UnreadableRows Unreadable { get; } = new();

    /// <summary>The most bytes that a row took in an answer so far; 0 before the first.</summary>
    public int BytesPerRow { get; private set; }

    /// <summary>Asks for up to so many pages.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="next">The page after the row in whose column the reference points.</param>
    /// <param name="column">That column.</param>
    /// <param name="pages">How many pages are worth asking for.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public async Task<Answer> AskAsync(Bitrix24Command first, Func<JsonNode, Bitrix24Command> next, string column, int pages, CancellationToken cancellationToken)
    {
        while (true)
        {
            var commands = new List<Bitrix24Command> { first };
            for (var i = 1; i < Math.Min(pages, most); i++)
            {
                commands.Add(next(Bitrix24Command.Reference(string.Create(CultureInfo.InvariantCulture, $"[c{i - 1}][{CardTable.PageSize - 1}][{column}]"))));
            }

            try
            {
                return commands.Count == 1
                    ? await client.QueryAsync(first, answer => Single(answer), cancellationToken)
                    : await client.BatchAsync(commands, answer => Several(answer, column), cancellationToken);
            }
            catch (UnavailableException error) when (error.Code == UnavailableException.TooLarge && commands.Count > 1)
            {
                most = Math.Max(1, commands.Count / 4); // cards may be large, and so many of them too large together
            }
        }
    }

    /// <summary>
    /// This page of an answer does not go on from the one before: the server reads references in its own way, and pages are
    /// asked for one by one from now on.
    /// </summary>
    /// <exception cref="UnavailableException">It is the first page: what follows cannot be trusted.</exception>
    public void Break(int page) => most = page > 0 ? 1 : throw ListPosition.Ignored("filter");

    private Answer Single(Bitrix24Answer answer)
    {
        var page = CardPage.Read(answer.Result) ?? throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoList);
        return Checked([page], answer.Bytes, answer.Total, answer.PortalTime);
    }

    private Answer Several(BatchAnswer batch, string column)
    {
        Pace(batch.Commands.Count, batch.Took);
        var pages = new List<CardPage>();
        foreach (var command in batch.Commands)
        {
            if (command.Error is { } error && error != Bitrix24Error.NoAnswer)
            {
                // What was read before the failure is good; a failure at the first page is the portal's.
                return pages.Count > 0 ? Good() : throw Bitrix24Client.Refused(table.ListMethod, error);
            }

            if (CardPage.Read(command.Result) is not { } page)
            {
                return pages.Count > 0 ? Good() : throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoList);
            }

            pages.Add(page);
            if (!page.IsFull || !CanReferTo(page, column))
            {
                break; // The pages after it started again from the beginning, or nobody knows where.
            }
        }

        return Good();

        Answer Good() => Checked(pages, batch.Bytes, batch.Commands[0].Total, batch.PortalTime);
    }

    private static bool CanReferTo(CardPage page, string column) =>
        page.EndsWith == LastRow.Good || (page.EndsWith == LastRow.OnlyId && column == "ID");

    private Answer Checked(IReadOnlyList<CardPage> pages, int bytes, int? total, DateTimeOffset? portalTime)
    {
        if (pages.Any(page => page.IsNoList) && pages.All(page => page.Readable.Count == 0))
        {
            throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoCards);
        }

        if (pages.Sum(page => page.Rows) is > 0 and var rows)
        {
            BytesPerRow = Math.Max(BytesPerRow, bytes / rows);
            most = Math.Clamp(LargestAnswer / Math.Max(1, BytesPerRow * CardTable.PageSize), 1, most);
        }

        return new Answer(pages, total, portalTime);
    }

    private void Pace(int commands, TimeSpan? took)
    {
        if (took is { } time && time * Bitrix24Client.MostCommands > LongestRequest * commands)
        {
            most = Math.Clamp((int)(LongestRequest / (time / commands)), 1, most);
        }
    }
}
