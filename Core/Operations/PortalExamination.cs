using System.Globalization;
using System.Runtime.CompilerServices;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Operations;

/// <summary>Whether the portal knows the webhook, what it may do, and how the portal tells the time. Only reads.</summary>
internal sealed class PortalExamination(PortalQuestions portal, TimeSpan ourOffset, TimeProvider time)
{
    private const string CrmScope = "crm";
    private static readonly string[] UserScopes = ["user_brief", "user_basic", "user"];

    /// <summary>A difference of clocks that is worth a look; nothing is lost by one.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private static string Area => OperationsStrings.Of("AreaBitrix24");

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

        yield return await GuardAsync(OperationsStrings.Of("Rights"), RightsAsync, cancellationToken);
        yield return await GuardAsync(OperationsStrings.Of("Clock"), ClockAsync, cancellationToken);
        if (scopes?.Contains(CrmScope) != false)
        {
            yield return await GuardAsync(
                OperationsStrings.Of("DateFilters"),
                token => new DateFilterProbe(portal).RunAsync(ourOffset, token),
                cancellationToken
            );
        }
    }

    private async Task<(Check Check, IReadOnlyList<string>? Scopes)> WebhookAsync(CancellationToken cancellationToken)
    {
        var name = OperationsStrings.Of("Webhook");
        try
        {
            var scopes = await portal.ScopesAsync(cancellationToken);
            return scopes is null
                ? (Check.Warn(Area, name, OperationsStrings.Of("WebhookSilent"), OperationsStrings.Of("WebhookSilentAdvice")), null)
                : (Check.Ok(Area, name, OperationsStrings.Of("WebhookKnown")), scopes);
        }
        catch (UnavailableException error)
        {
            return (error.ToCheck(Area, name, OperationsStrings.Of("WebhookRefusedAdvice")) with { EndsArea = true }, null);
        }
    }

    private static IEnumerable<Check> Scopes(IReadOnlyList<string> scopes)
    {
        var name = OperationsStrings.Of("Scopes");
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
            yield return Check.Fail(
                Area,
                name,
                OperationsStrings.Of("ScopesMissing", string.Join(", ", missing)),
                OperationsStrings.Of("ScopesMissingAdvice")
            );
            yield break;
        }

        yield return Check.Ok(Area, name, string.Join(", ", scopes));
        var spare = scopes.Where(scope => scope != CrmScope && !UserScopes.Contains(scope) && scope != "basic").ToList();
        if (spare.Count > 0)
        {
            yield return Check.Warn(
                Area,
                name,
                OperationsStrings.Of("ScopesSpare", string.Join(", ", spare)),
                OperationsStrings.Of("ScopesSpareAdvice")
            );
        }
    }

    private async Task<Check> RightsAsync(CancellationToken cancellationToken)
    {
        var name = OperationsStrings.Of("Rights");
        var contacts = await portal.CountAsync(new Bitrix24Command("crm.contact.list", []), cancellationToken);
        var deals = await portal.CountAsync(new Bitrix24Command("crm.deal.list", []), cancellationToken);
        var sees = OperationsStrings.Of("RightsSeen", contacts, deals);
        return await portal.IsAdministratorAsync(cancellationToken) switch
        {
            true => Check.Warn(Area, name, OperationsStrings.Of("Administrator", sees), OperationsStrings.Of("AdministratorAdvice")),
            false => Check.Ok(Area, name, OperationsStrings.Of("NoAdministrator", sees)),
            null => Check.Warn(
                Area,
                name,
                OperationsStrings.Of("AdministratorUnknown", sees),
                OperationsStrings.Of("AdministratorUnknownAdvice")
            ),
        };
    }

    private async Task<Check> ClockAsync(CancellationToken cancellationToken)
    {
        var name = OperationsStrings.Of("Clock");
        var before = time.GetUtcNow();
        var theirs = await portal.TimeAsync(cancellationToken);
        var after = time.GetUtcNow();
        if (theirs is not { } clock)
        {
            return Check.Warn(Area, name, OperationsStrings.Of("ClockUntold"), OperationsStrings.Of("ClockUntoldAdvice"));
        }

        var difference = clock - (before + ((after - before) / 2));
        var detail = OperationsStrings.Of(
            "ClockDetail",
            clock.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
            difference.TotalSeconds.ToString("+0;-0;0", CultureInfo.InvariantCulture)
        );
        return difference.Duration() > ClockTolerance
            ? Check.Warn(Area, name, detail, OperationsStrings.Of("ClockAdvice"))
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
            return error.ToCheck(Area, name, OperationsStrings.Of("NeedsCrmRights"));
        }
    }
}
