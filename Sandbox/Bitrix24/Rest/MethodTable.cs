using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Bitrix24.Php;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>Every method of the portal but <c>batch</c>, by its lower-case name.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<string, RestMethod> methods;
    private readonly Bitrix24Portal portal;
    private long nextFieldId = 1000;

    public MethodTable(Bitrix24Portal portal)
    {
        this.portal = portal;
        methods = new[]
        {
            new EntityMethods(portal, portal.Contacts, "contact", "Contact is not found").All(),
            new EntityMethods(portal, portal.Deals, "deal", "Not found").All(),
            new UserFieldMethods(portal.Contacts, "contact", () => nextFieldId++).All(),
            new UserFieldMethods(portal.Deals, "deal", () => nextFieldId++).All(),
            [new ProductRowMethod(portal).Get],
            new UserMethods(portal).All(),
            [StatusMethods.List],
            [new DuplicateMethod(portal).Find],
            SystemMethods(),
        }
            .SelectMany(methods => methods)
            .ToDictionary(method => method.Name, StringComparer.Ordinal);
    }

    public RestMethod? Find(string name) => methods.GetValueOrDefault(name);

    /// <summary>Scope <c>basic</c>: open to every webhook (docs/bitrix24.md, section 11).</summary>
    private IEnumerable<RestMethod> SystemMethods()
    {
        yield return new RestMethod("server.time", [], _ => CallCost.Other, _ => new MethodResult(portal.Print(portal.Now)));
        yield return new RestMethod("scope", [], _ => CallCost.Other, call => new MethodResult(PhpArray.List(call.Webhook.Scopes)));
        yield return new RestMethod(
            "methods",
            [],
            _ => CallCost.Other,
            call => new MethodResult(
                PhpArray.List(["batch", .. methods.Values.Where(method => MayCall(call.Webhook, method)).Select(method => method.Name)])
            )
        );
        yield return new RestMethod("method.get", [], _ => CallCost.Other, MethodGet);
        yield return new RestMethod("app.info", [], _ => CallCost.Other, _ => new MethodResult(null)) { ApplicationOnly = true };
    }

    public static bool MayCall(Webhook webhook, RestMethod method) =>
        !method.ApplicationOnly && (method.Scopes.Count == 0 || method.Scopes.Any(scope => webhook.Scopes.Contains(scope)));

    private MethodResult MethodGet(RestCall call)
    {
        var name = RestPath.Normalise(PhpValue.Text(call.Parameter("name")));
        var method = Find(name);
        return new MethodResult(
            new PhpArray
            {
                ["isExisting"] = method is not null || name == "batch",
                ["isAvailable"] = name == "batch" || (method is not null && MayCall(call.Webhook, method)),
            }
        );
    }
}
