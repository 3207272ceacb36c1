using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// <c>batch</c> (docs/bitrix24.md, sections 3 and 9): commands one after another; those beyond the fiftieth fail one by one; a batch inside
/// is refused; with <c>halt</c> the first error stops it; each of the five maps is printed as a list when empty.
/// </summary>
internal sealed class BatchMethod(Bitrix24Portal portal, CommandRunner runner, Envelope envelope)
{
    public const int MaxCommands = 50;

    public async Task<MethodResult> RunAsync(RestSession session, RestCall batch, CancellationToken cancellationToken)
    {
        var parameters = batch.UpperCased();
        var halt = PhpValue.Truth(parameters["HALT"]);
        var (results, errors, totals, nexts, times) = (new PhpArray(), new PhpArray(), new PhpArray(), new PhpArray(), new PhpArray());
        var number = 0;
        foreach (var (key, command) in parameters["CMD"] as PhpArray ?? [])
        {
            try
            {
                if (++number > MaxCommands)
                {
                    throw SystemError.BatchLengthExceeded.In(portal.Options.ErrorEdition);
                }

                var call = Parse(PhpValue.Text(command), results, batch.Webhook);
                var outcome = await runner.RunAsync(session, call, cancellationToken);
                results[key] = outcome.Result.Result;
                if (outcome.Result.Total is { } total)
                {
                    totals[key] = (long)total;
                }

                if (outcome.Result.Next is { } next)
                {
                    nexts[key] = (long)next;
                }

                times[key] = envelope.Time(outcome);
            }
            catch (RestException error)
            {
                errors[key] = Envelope.Error(error);
                if (halt)
                {
                    break;
                }
            }

            if (session.Elapsed > portal.Options.MaxDuration)
            {
                break;
            }
        }

        return new MethodResult(
            new PhpArray
            {
                ["result"] = results,
                ["result_error"] = errors,
                ["result_total"] = totals,
                ["result_next"] = nexts,
                ["result_time"] = times,
            }
        );
    }

    /// <summary>A command is <c>method?query</c>; a raw <c>#</c> cuts it (docs/bitrix24.md, section 9).</summary>
    private RestCall Parse(string command, PhpArray results, Webhook webhook)
    {
        var text = command.Split('#')[0];
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var method = RestPath.Normalise(mark < 0 ? text : text[..mark]);
        if (method == "batch")
        {
            throw SystemError.BatchMethodNotAllowed.In(portal.Options.ErrorEdition);
        }

        var parameters = mark < 0 ? [] : PhpQuery.Parse(text[(mark + 1)..]);
        return new RestCall(method, BatchReferences.Resolve(parameters, results, portal.Options.UnresolvedReferencesStay), webhook);
    }
}
