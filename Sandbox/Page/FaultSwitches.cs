using System.Collections.Immutable;
using System.Text.Json.Nodes;
using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Page;

/// <summary>What goes wrong in the CRMs, as long as a person has it switched on. The setters act at once.</summary>
internal sealed class FaultSwitches
{
    private readonly SandboxCrms _crms;
    private ImmutableSortedSet<string> _refused = [];
    private volatile bool _bitrix24Down;
    private volatile bool _otmechalkaDown;

    public FaultSwitches(SandboxCrms crms)
    {
        _crms = crms;
        crms.Bitrix24Endpoint.FaultOf = _ => _bitrix24Down ? Fault.BadGateway : null;
        crms.OtmechalkaEndpoint.FaultOf = _ => _otmechalkaDown ? Fault.Answer(503, "Service Unavailable", "text/plain") : null;
        crms.Otmechalka.RefusalOf = (_, originId) => _refused.Contains(originId)
            ? new JsonObject { ["non_field_errors"] = new JsonArray("Отказ по просьбе песочницы.") }
            : null;
    }

    /// <summary>Every request gets an HTML page with 502.</summary>
    public bool Bitrix24Down
    {
        get => _bitrix24Down;
        set => _bitrix24Down = value;
    }

    /// <summary>The portal takes one request a second, and answers the others with QUERY_LIMIT_EXCEEDED.</summary>
    public bool Bitrix24Limit
    {
        get => _crms.Portal.Options.RateLimit is not null;
        set => _crms.Portal.Options.RateLimit = value ? new RateLimit(0, 1) : null;
    }

    /// <summary>Every request gets a 503.</summary>
    public bool OtmechalkaDown
    {
        get => _otmechalkaDown;
        set => _otmechalkaDown = value;
    }

    /// <summary>IDs of contacts and deals that otmechalka refuses with a 400.</summary>
    public IReadOnlyCollection<string> Refused
    {
        get => _refused;
        set => _refused = [.. value.Select(id => id.Trim()).Where(id => id.Length > 0)];
    }
}
