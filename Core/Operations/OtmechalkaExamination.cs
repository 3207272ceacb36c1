using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether otmechalka can be reached and takes the key. Only searches are sent.</summary>
internal sealed class OtmechalkaExamination(IHttpClientFactory clients, Settings settings)
{
    /// <summary>No contact has this ID.</summary>
    private const string Nobody = "0";

    private static string Area => OperationsStrings.Of("AreaOtmechalka");

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
        var name = OperationsStrings.Of("Reachable");
        try
        {
            var answer = await new OtmechalkaClient(clients.CreateClient(RequestMeter.Otmechalka)).FindClientAsync(
                Nobody,
                cancellationToken
            );
            return answer.Verdict is OtmechalkaVerdict.Absent or OtmechalkaVerdict.Accepted
                ? (Check.Ok(Area, name, OperationsStrings.Of("OtmechalkaAnswers")), true)
                : (
                    Check.Warn(
                        Area,
                        name,
                        OperationsStrings.Of("OtmechalkaOdd", Reasons.Of(answer.Code)),
                        OperationsStrings.Of("OtmechalkaOddAdvice")
                    ),
                    false
                );
        }
        catch (UnavailableException error)
        {
            return (error.ToCheck(Area, name, OperationsStrings.Of(error.Code == "HTTP 402" ? "NotPaid" : "KeyRefused")), false);
        }
    }

    // A wrong address answers 404 to everything, just as a search for nobody does: without the key the real one refuses.
    private async Task<Check> IsKeyAskedForAsync(CancellationToken cancellationToken)
    {
        var name = OperationsStrings.Of("Key");
        var stranger = clients.CreateClient(RequestMeter.Otmechalka);
        stranger.DefaultRequestHeaders.Remove(settings.Otmechalka.AuthHeader);
        try
        {
            await new OtmechalkaClient(stranger).FindClientAsync(Nobody, cancellationToken);
            return Check.Warn(Area, name, OperationsStrings.Of("KeyNotAsked"), OperationsStrings.Of("KeyNotAskedAdvice"));
        }
        catch (UnavailableException error) when (error.IsRefusal())
        {
            return Check.Ok(Area, name, OperationsStrings.Of("KeyWorks"));
        }
        catch (UnavailableException error)
        {
            return error.ToCheck(Area, name, "");
        }
    }
}
