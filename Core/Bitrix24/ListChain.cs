using System.Globalization;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>
/// Asks for several pages of a list in one request: each command goes on where the one before ended, by
/// <c>$result[…]</c>. So many at once as the portal answers well within the time it gives a request.
/// </summary>
internal sealed class ListChain(Bitrix24Client client, CardTable table)
{
    /// <summary>Half of what the cloud gives one request (facts, section 1).</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    private int most = Bitrix24Client.MostCommands;

    /// <summary>The pages as far as they are to be had, up to the first that is not full.</summary>
    /// <param name="Pages">At least one.</param>
    /// <param name="Total">How many rows the first command's filter matches, when it asked for a count and the portal told.</param>
    /// <param name="PortalTime">The portal's clock when the request came.</param>
    internal sealed record Answer(IReadOnlyList<List<Card>> Pages, int? Total, DateTimeOffset? PortalTime);

    /// <summary>Asks for up to so many pages.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="next">The page after the row in whose column the reference points.</param>
    /// <param name="column">That column.</param>
    /// <param name="pages">How many pages are worth asking for.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="UnavailableException">The portal cannot be used now, or refuses the list.</exception>
    public async Task<Answer> AskAsync(Bitrix24Command first, Func<JsonNode, Bitrix24Command> next, string column, int pages, CancellationToken cancellationToken)
    {
        var commands = new List<Bitrix24Command> { first };
        for (var i = 1; i < Math.Min(pages, most); i++)
        {
            commands.Add(next(Bitrix24Command.Reference(string.Create(CultureInfo.InvariantCulture, $"[c{i - 1}][{CardTable.PageSize - 1}][{column}]"))));
        }

        if (commands.Count == 1)
        {
            var answer = await client.QueryAsync(first, cancellationToken);
            return new Answer([CardTable.Read(answer.Result)], answer.Total, answer.PortalTime);
        }

        var batch = await client.BatchAsync(commands, cancellationToken);
        Pace(commands.Count, batch.Took);
        return new Answer(Read(batch), batch.Commands[0].Total, batch.PortalTime);
    }

    /// <summary>
    /// This page of an answer does not go on from the one before: the server reads references in its own way, and pages are
    /// asked for one by one from now on.
    /// </summary>
    /// <exception cref="UnavailableException">It is the first page: what follows cannot be trusted.</exception>
    public void Break(int page) => most = page > 0 ? 1 : throw ListPosition.Ignored("filter");

    private List<List<Card>> Read(BatchAnswer batch)
    {
        var read = new List<List<Card>>();
        foreach (var command in batch.Commands)
        {
            if (command.Error is { } error)
            {
                // What was read before the failure is good; a failure at the first page is the portal's.
                return read.Count > 0 ? read : throw Bitrix24Client.Refused(table.ListMethod, error);
            }

            read.Add(CardTable.Read(command.Result));
            if (read[^1].Count < CardTable.PageSize)
            {
                break; // The pages after the last one started again from the beginning.
            }
        }

        return read;
    }

    private void Pace(int commands, TimeSpan? took)
    {
        if (took is { } time && time * Bitrix24Client.MostCommands > LongestRequest * commands)
        {
            most = Math.Clamp((int)(LongestRequest / (time / commands)), 1, most);
        }
    }
}
