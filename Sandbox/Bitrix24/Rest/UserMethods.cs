using System.Globalization;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Listing;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// <c>user.get</c>, <c>user.current</c> and <c>profile</c> (docs/bitrix24.md, section 8). Dismissed users are returned unless ACTIVE is
/// asked for; conditions may stand under FILTER or at the root.
/// </summary>
internal sealed class UserMethods(Bitrix24Portal portal)
{
    private static readonly string[] Scopes = ["user", "user_basic", "user_brief"];

    public IEnumerable<RestMethod> All()
    {
        yield return new RestMethod("user.get", Scopes, _ => CallCost.Get, Get);
        yield return new RestMethod("user.current", Scopes, _ => CallCost.Get, call => new MethodResult(Current(call, Row)));
        yield return new RestMethod("profile", [], _ => CallCost.Other, call => new MethodResult(Current(call, Profile)));
    }

    private MethodResult Get(RestCall call)
    {
        var parameters = call.UpperCased();
        var filter = parameters["FILTER"] as PhpArray ?? parameters;
        var found = portal.Users.Where(user =>
            user.UserType is "employee" or "extranet" && filter.All(pair => Matches(user, pair.Key, pair.Value))
        );
        var sorted = string.Equals(PhpValue.Text(parameters["ORDER"]), "DESC", StringComparison.OrdinalIgnoreCase)
            ? found.Reverse().ToList()
            : found.ToList();
        var start = PageStart.Rows(PhpValue.Integer(parameters["START"]));
        var rows = sorted.Skip(start.Offset).Take(PageStart.PageSize).Select(user => Row(user, call.Webhook));
        return new MethodResult(PhpArray.List(rows), start.Counted ? sorted.Count : 0, start.NextAfter(sorted.Count));
    }

    private bool Matches(PortalUser user, string key, object? value)
    {
        var name = key.ToUpperInvariant();
        if (name.StartsWith('@') || name.StartsWith('='))
        {
            if (portal.Options.UserFilterDropsPrefixes)
            {
                return true;
            }

            name = name[1..];
        }

        var own = name switch
        {
            "ID" => Id(user),
            "NAME" => user.Name,
            "LAST_NAME" => user.LastName,
            "EMAIL" => user.Email,
            "ACTIVE" => user.Active ? "1" : "",
            _ => null,
        };
        return own is null
            || PhpValue
                .Many(value)
                .Any(item =>
                    name == "ACTIVE"
                        ? IsTrue(item) == user.Active
                        : string.Equals(PhpValue.Text(item), own, StringComparison.OrdinalIgnoreCase)
                );
    }

    private static bool IsTrue(object? value) => PhpValue.Text(value).ToUpperInvariant() is "1" or "Y" or "TRUE";

    private T Current<T>(RestCall call, Func<PortalUser, Webhook, T> print) =>
        print(
            portal.Users.FirstOrDefault(user => user.Id == call.Webhook.UserId) ?? new PortalUser(call.Webhook.UserId, "", ""),
            call.Webhook
        );

    private static PhpArray Row(PortalUser user, Webhook webhook)
    {
        var row = new PhpArray
        {
            ["ID"] = Id(user),
            ["ACTIVE"] = user.Active,
            ["NAME"] = user.Name,
            ["LAST_NAME"] = user.LastName,
            ["SECOND_NAME"] = user.SecondName,
        };
        if (!webhook.Scopes.Contains("user_brief") || webhook.Scopes.Contains("user"))
        {
            row["EMAIL"] = user.Email;
        }

        row["IS_ONLINE"] = "N";
        row["UF_DEPARTMENT"] = PhpArray.List([1L]);
        row["USER_TYPE"] = user.UserType;
        return row;
    }

    private static PhpArray Profile(PortalUser user, Webhook webhook) =>
        new()
        {
            ["ID"] = Id(user),
            ["ADMIN"] = webhook.Admin,
            ["NAME"] = user.Name,
            ["LAST_NAME"] = user.LastName,
            ["PERSONAL_GENDER"] = "",
            ["TIME_ZONE"] = "",
        };

    private static string Id(PortalUser user) => user.Id.ToString(CultureInfo.InvariantCulture);
}
