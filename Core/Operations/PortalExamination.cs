using System.Globalization;
using System.Runtime.CompilerServices;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether the portal knows the webhook, what it may do, and how the portal tells the time. Only reads.</summary>
internal sealed class PortalExamination(PortalQuestions portal, Settings settings, TimeProvider time)
{
    private const string Area = "Bitrix24";
    private const string CrmScope = "crm";
    private const string WhenRefused =
        "check Bitrix24__WebhookUrl: the portal, the user and the token; an inbound webhook needs a paid plan, and its user "
        + "must not be dismissed";
    private static readonly string[] UserScopes = ["user_brief", "user_basic", "user"];

    /// <summary>A difference of clocks that is worth a look; nothing is lost by one.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Examines; the first check fails when nothing further can be asked.</summary>
    public async IAsyncEnumerable<Check> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (webhook, scopes) = await WebhookAsync(cancellationToken);
        yield return webhook;
        if (webhook.Result == CheckResult.Failure)
        {
            yield break;
        }

        if (scopes is not null)
        {
            foreach (var check in Scopes(scopes))
            {
                yield return check;
            }
        }

        yield return await GuardAsync("rights", RightsAsync, cancellationToken);
        yield return await GuardAsync("clock", ClockAsync, cancellationToken);
        if (scopes?.Contains(CrmScope) != false)
        {
            yield return await GuardAsync(
                "date filters",
                token => new DateFilterProbe(portal).RunAsync(settings.Sync.StartDate.Offset, token),
                cancellationToken
            );
        }
    }

    private async Task<(Check Check, IReadOnlyList<string>? Scopes)> WebhookAsync(CancellationToken cancellationToken)
    {
        const string name = "webhook";
        try
        {
            var scopes = await portal.ScopesAsync(cancellationToken);
            return scopes is null
                ? (Check.Warn(Area, name, "answers, but does not tell its scopes", "see that it has crm and user_brief"), null)
                : (Check.Ok(Area, name, "known to the portal"), scopes);
        }
        catch (UnavailableException error)
        {
            return (error.ToCheck(Area, name, WhenRefused), null);
        }
    }

    private static IEnumerable<Check> Scopes(IReadOnlyList<string> scopes)
    {
        const string name = "scopes";
        var missing = new List<string>();
        if (!scopes.Contains(CrmScope))
        {
            missing.Add(CrmScope);
        }

        if (!UserScopes.Any(scopes.Contains))
        {
            missing.Add(UserScopes[0]);
        }

        if (missing.Count > 0)
        {
            yield return Check.Fail(Area, name, "missing: " + string.Join(", ", missing), "add them to the webhook in Bitrix24");
            yield break;
        }

        yield return Check.Ok(Area, name, string.Join(", ", scopes));
        var spare = scopes.Where(scope => scope != CrmScope && !UserScopes.Contains(scope) && scope != "basic").ToList();
        if (spare.Count > 0)
        {
            yield return Check.Warn(
                Area,
                name,
                "more than needed: " + string.Join(", ", spare),
                "take them away: whoever has the webhook's address can use them"
            );
        }
    }

    private async Task<Check> RightsAsync(CancellationToken cancellationToken)
    {
        const string name = "rights";
        var contacts = await portal.CountAsync(new Bitrix24Command("crm.contact.list", []), cancellationToken);
        var deals = await portal.CountAsync(new Bitrix24Command("crm.deal.list", []), cancellationToken);
        var sees = string.Create(CultureInfo.InvariantCulture, $"the webhook's user sees {contacts} contacts and {deals} deals");
        return await portal.IsAdministratorAsync(cancellationToken) switch
        {
            true => Check.Ok(Area, name, sees + "; is an administrator"),
            false => Check.Warn(
                Area,
                name,
                sees + "; is no administrator",
                "see that the user's role may read all contacts and deals and change them; what it cannot read does not go over"
            ),
            null => Check.Warn(
                Area,
                name,
                sees + "; whether it is an administrator is not told",
                "see that the user's role may read all contacts and deals and change them"
            ),
        };
    }

    private async Task<Check> ClockAsync(CancellationToken cancellationToken)
    {
        const string name = "clock";
        var before = time.GetUtcNow();
        var theirs = await portal.TimeAsync(cancellationToken);
        var after = time.GetUtcNow();
        if (theirs is not { } clock)
        {
            return Check.Warn(Area, name, "the portal does not tell its time", "nothing to do as long as runs go well");
        }

        var difference = clock - (before + ((after - before) / 2));
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"the portal's clock is at {clock:yyyy-MM-dd HH:mm:ss zzz}, {difference.TotalSeconds:+0;-0;0} s from ours"
        );
        return difference.Duration() > ClockTolerance
            ? Check.Warn(Area, name, detail, "set this machine's clock; runs go by the portal's, so nothing is lost")
            : Check.Ok(Area, name, detail);
    }

    private static async Task<Check> GuardAsync(
        string name,
        Func<CancellationToken, Task<Check>> examine,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await examine(cancellationToken);
        }
        catch (UnavailableException error)
        {
            return error.ToCheck(Area, name, "see that the webhook has the scope crm, and that its user may read contacts and deals");
        }
    }
}
