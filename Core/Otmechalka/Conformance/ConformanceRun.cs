using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Otmechalka.Conformance;

/// <summary>
/// Tries whether a stand keeps the contract of docs/otmechalka-api.yaml, with records of its own. First it only reads; what it then writes
/// has external IDs that cannot be a school's (<see cref="ConformanceOptions.Prefix"/>), and stays there, because the API deletes nothing.
/// </summary>
public sealed class ConformanceRun
{
    private readonly Func<Stand> connect;
    private readonly OtmechalkaOptions options;
    private readonly TimeProvider time;

    internal ConformanceRun(Func<HttpClient> http, OtmechalkaOptions options, TimeProvider time)
    {
        connect = () => new Stand(http(), options, time);
        (this.options, this.time) = (options, time);
    }

    /// <summary>Looks at everything. Whatever the stand answers, this ends in a report.</summary>
    /// <param name="sent">What may be named on the stand.</param>
    /// <param name="confirm">Asked before the first write.</param>
    /// <param name="progress">Told each finding as it is made.</param>
    /// <param name="cancellationToken">Ends the run; the report then tells what was found and created so far.</param>
    public async Task<ConformanceReport> RunAsync(
        ConformanceOptions sent,
        Func<Task<bool>> confirm,
        IProgress<Finding>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(confirm);
        var stand = connect();
        var mask = new SecretMask([options.ApiKey]);
        var book = new Book(progress, mask);
        try
        {
            var end = await LookAsync(stand, book, new Bodies(sent), confirm, cancellationToken);
            if (end != ConformanceEnd.Complete)
            {
                book.Skip(Checks.All);
                return Report(end, null);
            }

            AnswerChecks.Run(stand, book, options, mask);
            return Report(end, null);
        }
        catch (StandUnavailableException error)
        {
            book.Skip(Checks.All);
            return Report(ConformanceEnd.Unavailable, error.Code);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            book.Skip(Checks.All);
            return Report(ConformanceEnd.Cancelled, null);
        }

        ConformanceReport Report(ConformanceEnd end, string? reason) =>
            new(end, reason, book.Findings, book.Created, stand.Exchanges.Count, stand.Lost, stand.Slowest);
    }

    private async Task<ConformanceEnd> LookAsync(
        Stand stand,
        Book book,
        Bodies bodies,
        Func<Task<bool>> confirm,
        CancellationToken cancellationToken
    )
    {
        var probe = new Probe(stand, book, bodies, time);
        var (clients, tickets) = (new ClientChecks(stand, book, bodies, probe), new TicketChecks(stand, book, bodies, probe));
        if (!await new FirstLook(stand, book, bodies).RunAsync(cancellationToken))
        {
            return ConformanceEnd.Stopped;
        }

        await tickets.AbsentAsync(cancellationToken);
        if (!await confirm())
        {
            return ConformanceEnd.Declined;
        }

        var client = await clients.LiveAsync(cancellationToken);
        if (book.Findings.Any(finding => finding.Deviation == Deviations.NoRights || finding.Deviation == Deviations.NoSlash))
        {
            return ConformanceEnd.Stopped; // everything else would be refused for the same reason
        }

        await clients.UpdateNobodyAsync(cancellationToken);
        await clients.RefusalsAsync(cancellationToken);
        if (client is null)
        {
            book.Skip(Checks.TextCyrillic, Checks.TextEmoji, Checks.TextMarkup, Checks.ClientConcurrent);
            book.Skip(Checks.All.Where(check => check.StartsWith("ticket.", StringComparison.Ordinal)));
            return ConformanceEnd.Complete;
        }

        await clients.TextsAsync(cancellationToken);
        var same = bodies.Client(bodies.OriginId("client-at-once"));
        await probe.AtOnceAsync(Checks.ClientConcurrent, "clients", same.OriginId, OtmechalkaJson.Serialize(same), cancellationToken);
        await tickets.RunAsync(client, cancellationToken);
        return ConformanceEnd.Complete;
    }
}
