using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Deals;

/// <summary>
/// Reads product rows and sellers of deals, as many in a request as the API allows: a command for each deal, one for all
/// users not yet known, and one that tells which deals are still won. Users are remembered for the run. A command's error
/// is its own deal's.
/// </summary>
internal sealed class DealDetailsReader(Bitrix24Client client, CardTable table)
{
    /// <summary>So many deals are one request: a command is left for the list and one for the users.</summary>
    public const int DealsPerRequest = Bitrix24Client.MostCommands - 2;

    private readonly Dictionary<string, string?> sellers = [];

    /// <summary>
    /// Reads the details of the deals, in their order; an error where a deal's rows could not be read, neither where it is
    /// not won any more.
    /// </summary>
    /// <exception cref="Http.UnavailableException">Bitrix24 cannot be used now, or refuses to show users or deals.</exception>
    public async Task<IReadOnlyList<(DealDetails? Details, Bitrix24Error? Error)>> ReadAsync(IReadOnlyList<Card> deals, CancellationToken cancellationToken)
    {
        var unknown = deals.Select(SellerOf).OfType<string>().Distinct().Where(id => !sellers.ContainsKey(id)).ToList();
        var lists = deals.Chunk(CardTable.PageSize).Select(page => table.List(page.Select(deal => deal.Id)));
        var users = unknown.Chunk(DealQueries.UsersPerCommand).Select(DealQueries.Users);
        var commands = users.Concat(lists).Concat(deals.Select(deal => DealQueries.Rows(deal.Id))).ToList();
        var answers = new List<CommandAnswer>();
        foreach (var chunk in commands.Chunk(Bitrix24Client.MostCommands))
        {
            answers.AddRange((await client.BatchAsync(chunk, cancellationToken)).Commands);
        }

        var listAnswers = (deals.Count + CardTable.PageSize - 1) / CardTable.PageSize;
        var userAnswers = answers.Count - deals.Count - listAnswers;
        Remember(unknown, answers.Take(userAnswers));
        var won = Won(answers.Skip(userAnswers).Take(listAnswers));
        return [.. deals.Zip(answers.Skip(userAnswers + listAnswers), (deal, answer) => won.Contains(deal.Id) || !Mechanism.WonRecheck.IsOn() ? Details(deal, answer) : (null, null))];
    }

    private HashSet<string> Won(IEnumerable<CommandAnswer> answers) =>
    [
        .. answers.SelectMany(answer => answer.Error is { } error ? throw Bitrix24Client.Refused(table.ListMethod, error) : CardTable.Read(answer.Result))
            .Where(table.IsEligible).Select(card => card.Id),
    ];

    private void Remember(List<string> asked, IEnumerable<CommandAnswer> answers)
    {
        foreach (var answer in answers)
        {
            if (answer.Error is { } error)
            {
                throw Bitrix24Client.Refused(DealQueries.UsersMethod, error);
            }

            foreach (var (id, name) in DealQueries.ReadUsers(answer))
            {
                sellers[id] = name;
            }
        }

        foreach (var id in asked)
        {
            sellers.TryAdd(id, null);
        }
    }

    private (DealDetails? Details, Bitrix24Error? Error) Details(Card deal, CommandAnswer answer)
    {
        if (answer.Error is { } error)
        {
            return error.Kind is Bitrix24ErrorKind.OperatingLimit or Bitrix24ErrorKind.RateLimit or Bitrix24ErrorKind.Server
                ? throw Bitrix24Client.Refused(DealQueries.RowsMethod, error)
                : (null, error);
        }

        var seller = SellerOf(deal) is { } id ? sellers.GetValueOrDefault(id) : null;
        return (new DealDetails([.. DealQueries.ReadRows(answer).Select(ProductRow.Read)], seller), null);
    }

    private static string? SellerOf(Card deal) => deal.Reference(DealMapper.SellerColumn);
}
