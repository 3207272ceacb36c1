using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Deals;

/// <summary>
/// Reads product rows and sellers of deals, as many in a request as the API allows: a command for each deal, one for all
/// users not yet known, and one that tells which deals are still eligible. Users are remembered for the run. A command's error
/// is its own deal's.
/// </summary>
internal sealed class DealDetailsReader(Bitrix24Client client, EntityQueries table)
{
    private readonly Dictionary<string, string?> sellers = [];

    /// <summary>
    /// Reads the details of the deals, in their order. 48 deals are one request: a command for each, one for the list, one for the users.
    /// </summary>
    /// <param name="deals">The deals.</param>
    /// <param name="failing">The IDs of those whose rows could not be read before.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnavailableException">Bitrix24 cannot be used now, or refuses to show users or deals.</exception>
    public async Task<IReadOnlyList<DealRead>> ReadAsync(
        IReadOnlyList<Card> deals,
        IReadOnlyCollection<string> failing,
        CancellationToken cancellationToken
    )
    {
        var unknown = deals.Select(SellerOf).OfType<string>().Distinct().Where(id => !sellers.ContainsKey(id)).ToList();
        var questions = unknown
            .Chunk(DealQueries.UsersPerCommand)
            .Select(UsersOf)
            .Concat(deals.Select(deal => deal.Id).Chunk(EntityQueries.PageSize).Select(RecheckOf))
            .Concat(deals.Select(deal => RowsOf(deal.Id)));
        var answers = new DetailsAnswers();
        await AskAsync(questions, answers, cancellationToken);

        // A part that is not what it should be is asked for once more before it is believed (docs/spec.md, section 6).
        var odd = deals.Where(deal => answers.Rows[deal.Id].Error == Bitrix24Error.OddAnswer && answers.IsEligible(deal.Id)).ToList();
        await AskAsync(odd.Select(deal => RowsOf(deal.Id)), answers, cancellationToken);

        foreach (var id in unknown)
        {
            sellers[id] = answers.Users.GetValueOrDefault(id);
        }

        ThrowIfNobodysDeal([
            .. deals.Where(deal => answers.IsEligible(deal.Id) && !failing.Contains(deal.Id)).Select(deal => answers.Rows[deal.Id]),
        ]);
        return [.. deals.Select(deal => Details(deal, answers))];
    }

    // One deal's rows that cannot be read are its own matter as long as others' can. Those that could not be read before are no witnesses:
    // alone among the due they would end each run before its window.
    private static void ThrowIfNobodysDeal(List<DealRows> eligible)
    {
        if (eligible.Count > 0 && eligible.TrueForAll(rows => rows.Error == Bitrix24Error.OddAnswer))
        {
            throw Bitrix24Client.FailedRead(DealQueries.RowsMethod, CardPage.NoList);
        }

        if (eligible.Count > 1 && eligible.TrueForAll(rows => rows.Error?.IsAccessDenied == true))
        {
            throw Bitrix24Client.Refused(DealQueries.RowsMethod, eligible[0].Error!);
        }
    }

    private async Task AskAsync(IEnumerable<Question> questions, DetailsAnswers answers, CancellationToken cancellationToken)
    {
        foreach (var chunk in questions.Chunk(Bitrix24Client.MostCommands))
        {
            await client.BatchAsync([.. chunk.Select(question => question.Command)], Read, cancellationToken);

            int Read(BatchAnswer batch)
            {
                foreach (var (question, answer) in chunk.Zip(batch.Commands))
                {
                    question.Read(answer, answers);
                }

                return chunk.Length;
            }
        }
    }

    private static Question UsersOf(string[] ids) =>
        new(
            DealQueries.Users(ids),
            (answer, answers) =>
            {
                Require(DealQueries.UsersMethod, answer);
                foreach (
                    var (id, name) in DealQueries.ReadUsers(answer.Result, ids)
                        ?? throw Bitrix24Client.FailedRead(DealQueries.UsersMethod, "an answer that is no list of users")
                )
                {
                    answers.Users[id] = name;
                }
            }
        );

    private Question RecheckOf(string[] ids) =>
        new(
            table.ListOf(ids),
            (answer, answers) =>
            {
                Require(table.ListMethod, answer);
                var page = CardPage.ReadAsked(answer.Result, table.ListMethod, ids);
                answers.Shown.UnionWith(page.Readable.Select(card => card.Id));
                answers.Eligible.UnionWith(page.Readable.Where(table.IsEligible).Select(card => card.Id));
                answers.Unreadable.AddRange(page.Unreadable);
            }
        );

    private static Question RowsOf(string id) =>
        new(
            DealQueries.Rows(id),
            (answer, answers) =>
                answers.Rows[id] = answer switch
                {
                    {
                        Error: { Kind: Bitrix24ErrorKind.OperatingLimit or Bitrix24ErrorKind.RateLimit or Bitrix24ErrorKind.Server } limit
                    } => throw Bitrix24Client.Refused(DealQueries.RowsMethod, limit),
                    { Error: { } error } when error != Bitrix24Error.NoAnswer => new DealRows(null, error),
                    _ => DealQueries.ReadRows(answer.Result) is { } rows
                        ? new DealRows(rows, null)
                        : new DealRows(null, Bitrix24Error.OddAnswer),
                }
        );

    // What concerns no single deal: an error is the portal's, and no answer at all is a failed read.
    private static void Require(string method, CommandAnswer answer)
    {
        if (answer.Error is { } error)
        {
            throw error == Bitrix24Error.NoAnswer ? Bitrix24Client.FailedRead(method, "no answer") : Bitrix24Client.Refused(method, error);
        }
    }

    private DealRead Details(Card deal, DetailsAnswers answers)
    {
        if (!answers.IsEligible(deal.Id))
        {
            return answers.Shown.Contains(deal.Id) ? DealRead.NotEligible
                : answers.MayBeShown(deal.Id) ? new DealRead(null, Bitrix24Error.OddAnswer)
                : DealRead.Missing;
        }

        var (rows, error) = answers.Rows[deal.Id];
        var seller = SellerOf(deal) is { } id ? sellers.GetValueOrDefault(id) : null;
        return rows is null ? new DealRead(null, error) : new DealRead(new DealDetails([.. rows.Select(ProductRow.Read)], seller), null);
    }

    private static string? SellerOf(Card deal) => deal.Reference(DealMapper.SellerColumn);

    /// <summary>A command, and what to make of its answer.</summary>
    private sealed record Question(Bitrix24Command Command, Action<CommandAnswer, DetailsAnswers> Read);

    /// <summary>The product rows of a deal, or why they could not be read.</summary>
    private readonly record struct DealRows(IReadOnlyList<DealRow>? Rows, Bitrix24Error? Error);

    /// <summary>What was read so far; reading the same answer again changes nothing.</summary>
    private sealed class DetailsAnswers
    {
        public Dictionary<string, string> Users { get; } = [];

        /// <summary>Deals that the recheck showed, in whatever stage.</summary>
        public HashSet<string> Shown { get; } = [];

        public HashSet<string> Eligible { get; } = [];

        public List<UnreadableRow> Unreadable { get; } = [];

        public Dictionary<string, DealRows> Rows { get; } = [];

        public bool IsEligible(string id) => Eligible.Contains(id);

        /// <summary>Whether the recheck has a row that cannot be read and may be this deal's.</summary>
        public bool MayBeShown(string id) => Unreadable.Exists(row => row.MayBe(id));
    }
}

/// <summary>What was read of a deal beside its card: the details, or an error, or that it is not eligible or not there any more.</summary>
internal sealed record DealRead(DealDetails? Details, Bitrix24Error? Error)
{
    /// <summary>It is in another stage by now, or has become a template.</summary>
    public static readonly DealRead NotEligible = new(null, null) { IsEligible = false };

    /// <summary>Bitrix24 did not show it again.</summary>
    public static readonly DealRead Missing = new(null, null) { IsMissing = true };

    /// <summary>Whether it is still eligible.</summary>
    public bool IsEligible { get; private init; } = true;

    /// <summary>Whether the second look did not show it.</summary>
    public bool IsMissing { get; private init; }
}
