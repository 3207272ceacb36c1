using System.Collections.Immutable;
using System.Text.Json.Nodes;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>What goes wrong in the CRMs, as long as a person has it switched on. The setters act at once.</summary>
internal sealed class FaultSwitches
{
    private readonly SandboxCrms crms;
    private ImmutableSortedSet<string> refused = [];
    private volatile bool bitrix24Down;
    private volatile bool otmechalkaDown;

    public FaultSwitches(SandboxCrms crms)
    {
        this.crms = crms;
        crms.Bitrix24Endpoint.FaultOf = _ => bitrix24Down ? Fault.BadGateway : null;
        crms.OtmechalkaEndpoint.FaultOf = _ => otmechalkaDown ? Fault.Answer(503, """{"detail":"Ведутся работы."}""") : null;
        crms.Otmechalka.RefusalOf = (_, originId) =>
            refused.Contains(originId) ? new JsonObject { ["non_field_errors"] = new JsonArray("Отказ по просьбе песочницы.") } : null;
    }

    /// <summary>Every request gets an HTML page with 502.</summary>
    public bool Bitrix24Down
    {
        get => bitrix24Down;
        set => bitrix24Down = value;
    }

    /// <summary>The portal takes one request a second, and answers the others with QUERY_LIMIT_EXCEEDED.</summary>
    public bool Bitrix24Limit
    {
        get => crms.Portal.Options.RateLimit is not null;
        set => crms.Portal.Options.RateLimit = value ? new RateLimit(0, 1) : null;
    }

    /// <summary>Every request gets a 503.</summary>
    public bool OtmechalkaDown
    {
        get => otmechalkaDown;
        set => otmechalkaDown = value;
    }

    /// <summary>IDs of contacts and deals that otmechalka refuses with a 400.</summary>
    public IReadOnlyCollection<string> Refused => refused;

    /// <summary>Lets otmechalka refuse a record, or take it again.</summary>
    public void Refuse(string? id, bool isRefused)
    {
        if (id?.Trim() is { Length: > 0 } known)
        {
            ImmutableInterlocked.Update(ref refused, refused => isRefused ? refused.Add(known) : refused.Remove(known));
        }
    }
}
