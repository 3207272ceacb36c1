using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether otmechalka can be reached and takes the key. Only searches are sent.</summary>
internal sealed class OtmechalkaExamination(IHttpClientFactory clients, Settings settings)
{
    private const string Area = "otmechalka";

    private const string KeyRefused =
        "otmechalka refuses the key: check Otmechalka__ApiKey, Otmechalka__AuthHeader and Otmechalka__AuthScheme";
    private const string NotPaid = "otmechalka's licence has run out or is not paid: renew it there; the key and the settings are in order";

    /// <summary>No contact has this ID.</summary>
    private const string Nobody = "0";

    public async IAsyncEnumerable<Check> RunAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (reachable, isThere) = await SearchAsync(cancellationToken);
        yield return reachable;
        if (isThere)
        {
            yield return await IsKeyAskedForAsync(cancellationToken);
        }
    }

    private async Task<(Check Check, bool IsThere)> SearchAsync(CancellationToken cancellationToken)
    {
        const string name = "reachable";
        try
        {
            var answer = await new OtmechalkaClient(clients.CreateClient(RequestMeter.Otmechalka)).FindClientAsync(
                Nobody,
                cancellationToken
            );
            return answer.Verdict is OtmechalkaVerdict.Absent or OtmechalkaVerdict.Accepted
                ? (Check.Ok(Area, name, "answers to a search"), true)
                : (
                    Check.Warn(
                        Area,
                        name,
                        $"answers a search with {answer.Code}",
                        "ask otmechalka's support what is wrong with GET api/clients/0/"
                    ),
                    false
                );
        }
        catch (UnavailableException error)
        {
            return (error.ToCheck(Area, name, error.Code == "HTTP 402" ? NotPaid : KeyRefused), false);
        }
    }

    // A wrong address answers 404 to everything, just as a search for nobody does: without the key the real one refuses.
    private async Task<Check> IsKeyAskedForAsync(CancellationToken cancellationToken)
    {
        const string name = "key accepted";
        var stranger = clients.CreateClient(RequestMeter.Otmechalka);
        stranger.DefaultRequestHeaders.Remove(settings.Otmechalka.AuthHeader);
        try
        {
            await new OtmechalkaClient(stranger).FindClientAsync(Nobody, cancellationToken);
            return Check.Warn(
                Area,
                name,
                "the same answer comes without a key",
                "check Otmechalka__BaseUrl: the address may be another server's"
            );
        }
        catch (UnavailableException error) when (error.IsRefusal())
        {
            return Check.Ok(Area, name, "with the key it answers, without it refuses");
        }
        catch (UnavailableException error)
        {
            return error.ToCheck(Area, name, "");
        }
    }
}
