using System.Text.Json;
using System.Text.Json.Nodes;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Bitrix24;

/// <summary>One condition of a search: a column, with the sign before it that tells how it is compared, and the value.</summary>
internal readonly record struct SearchCondition(string Key, string Value);

/// <summary>Cards that a search came to, the newest first.</summary>
/// <param name="Cards">The cards.</param>
/// <param name="IsCut">Whether a page was full, so that there may be more.</param>
internal sealed record SearchResult(IReadOnlyList<Card> Cards, bool IsCut)
{
    /// <summary>Nothing was found.</summary>
    public static readonly SearchResult None = new([], false);
}

/// <summary>
/// Searches cards of one kind, live: several searches in one request, because a list knows no OR (docs/bitrix24.md, section 4). Bitrix24
/// silently drops a condition that it does not know and then lists anything: whoever asks has to check what comes back.
/// </summary>
internal sealed class CardFinder(Bitrix24Client client, EntityQueries table)
{
    private const string PhoneIndexMethod = "crm.duplicate.findbycomm";

    /// <summary>The newest cards of each search, without repeats.</summary>
    /// <param name="searches">The conditions of each search, all of which must hold; at most fifty searches are made.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="UnavailableException">Bitrix24 cannot be used now, or refuses a list.</exception>
    public async Task<SearchResult> FindAsync(IReadOnlyList<SearchCondition[]> searches, CancellationToken cancellationToken)
    {
        var commands = searches.Take(Bitrix24Client.MostCommands).Select(table.Search).ToList();
        if (commands.Count == 0)
        {
            return SearchResult.None;
        }

        // A single one goes alone: a name from a card might look like a reference, which a batch would expand
        // (docs/bitrix24.md, section 9).
        var pages =
            commands.Count == 1
                ? [await client.QueryAsync(commands[0], answer => PageOf(answer.Result), cancellationToken)]
                : await client.BatchAsync(commands, batch => batch.Commands.Select(PageOf).ToList(), cancellationToken);
        return new SearchResult(
            [.. pages.SelectMany(page => page.Readable).DistinctBy(card => card.Id).OrderByDescending(card => card.Number)],
            pages.Exists(page => page.IsFull)
        );
    }

    /// <summary>
    /// The IDs of cards that have one of these phones by the portal's index of duplicates; none where the webhook may not ask it.
    /// </summary>
    /// <exception cref="UnavailableException">Bitrix24 cannot be used now.</exception>
    public async Task<IReadOnlyList<string>> IdsByPhoneAsync(IEnumerable<string> phones, CancellationToken cancellationToken)
    {
        var entity = table.Entity.ToUpperInvariant();
        var command = new Bitrix24Command(
            PhoneIndexMethod,
            new JsonObject
            {
                ["entity_type"] = entity,
                ["type"] = "PHONE",
                ["values"] = new JsonArray([.. phones.Select(phone => (JsonNode)phone)]),
            }
        );
        var (ids, _) = await client.CallAsync(command, answer => answer.Result.Member(entity).Texts(), cancellationToken);
        return [.. (ids ?? []).Where(id => id.All(char.IsAsciiDigit))];
    }

    private CardPage PageOf(CommandAnswer answer) =>
        answer.Error is { } error
            ? throw (
                error == Bitrix24Error.NoAnswer
                    ? Bitrix24Client.FailedRead(table.ListMethod, "no answer")
                    : Bitrix24Client.Refused(table.ListMethod, error)
            )
            : PageOf(answer.Result);

    private CardPage PageOf(JsonElement result) =>
        CardPage.Read(result) ?? throw Bitrix24Client.FailedRead(table.ListMethod, CardPage.NoList);
}
