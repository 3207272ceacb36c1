using System.Text.Json.Nodes;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Bitrix24.Php;
using B24Otmechalka.Sandbox.Bitrix24.Rest;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>What goes wrong at the CRMs: at single requests, for a while at all of them, or with one record always.</summary>
internal sealed class HttpFaults
{
    /// <summary>A header on requests that nothing goes wrong with.</summary>
    public const string Spared = "X-Spared";

    private static readonly Fault[] Bitrix24Kinds =
    [
        Fault.Refuse,
        Fault.DropBeforeCommit,
        Fault.DropAfterCommit,
        Fault.Hang,
        Fault.HangAfterCommit,
        Fault.BadGateway,
        Fault.Answer(200, "<html>Технические работы</html>", "text/html"),
        Fault.Answer(503, """{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"""),
        Fault.Answer(429, """{"error":"OPERATION_TIME_LIMIT","error_description":"Method is blocked"}"""),
        Fault.Answer(500, """{"error":"INTERNAL_SERVER_ERROR","error_description":"Internal"}"""),
        Fault.Answer(401, """{"error":"NO_AUTH_FOUND","error_description":"Wrong authorization data"}"""),
    ];

    private static readonly Fault[] OtmechalkaKinds =
    [
        Fault.Refuse,
        Fault.DropBeforeCommit,
        Fault.DropAfterCommit,
        Fault.Hang,
        Fault.HangAfterCommit,
        Fault.BadGateway,
        Fault.Answer(500, "Server Error", "text/plain"),
        Fault.Answer(503, ""),
        Fault.Answer(429, ""),
        Fault.Answer(401, """{"detail":"Недопустимый токен."}"""),
        Fault.Answer(200, "<html>Вход</html>", "text/html"),
        Fault.Answer(400, """{"detail":"Не сейчас."}"""),
        Fault.Answer(302, ""),
    ];

    private readonly SimulatedWorld world;
    private (Fault Fault, int Left) bitrix24Outage;
    private (Fault Fault, int Left) otmechalkaOutage;
    private bool isOn = true;

    public HttpFaults(SimulatedWorld world)
    {
        this.world = world;
        world.Crms.Bitrix24Endpoint.FaultOf = request => Of(request, world.Climate.Bitrix24Faults, Bitrix24Kinds, ref bitrix24Outage);
        world.Crms.OtmechalkaEndpoint.FaultOf = request =>
            AlwaysFails(request) ?? Of(request, world.Climate.OtmechalkaFaults, OtmechalkaKinds, ref otmechalkaOutage);
        world.Crms.Otmechalka.RefusalOf = (kind, id) =>
            Refused.Contains((kind == "client" ? SyncJob.Contacts : SyncJob.Deals, id))
                ? new JsonObject { ["detail"] = "Запись не принята." }
                : null;
        world.Crms.Portal.CommandFault = FaultOf;
    }

    /// <summary>Records that otmechalka refuses.</summary>
    public HashSet<(SyncJob Kind, string Id)> Refused { get; } = [];

    /// <summary>Records that make otmechalka fail with a 500.</summary>
    public HashSet<(SyncJob Kind, string Id)> Failing { get; } = [];

    /// <summary>Cards that the webhook may not change.</summary>
    public HashSet<(SyncJob Kind, string Id)> Denied { get; } = [];

    /// <summary>Cards that it could not change at some time: their status may have to wait for up to a day.</summary>
    public HashSet<(SyncJob Kind, string Id)> WereDenied { get; } = [];

    /// <summary>Whether a create reaches otmechalka late.</summary>
    public bool IsLate() => isOn && world.Random.NextDouble() < world.Climate.OtmechalkaFaults;

    /// <summary>otmechalka answers every request with a 500.</summary>
    public void FailForAWhile()
    {
        world.Trace.Add("otmechalka fails");
        otmechalkaOutage = (Fault.Answer(500, "Server Error", "text/plain"), world.Random.Next(5, 60));
    }

    /// <summary>Bitrix24 answers nothing, so that a run takes minutes.</summary>
    public void HangForAWhile()
    {
        world.Trace.Add("Bitrix24 hangs");
        bitrix24Outage = (Fault.Hang, world.Random.Next(1, 4));
    }

    /// <summary>Everything works again; single records may stay refused.</summary>
    public void Stop(bool forgives)
    {
        isOn = false;
        Denied.Clear();
        if (forgives)
        {
            Refused.Clear();
            Failing.Clear();
        }
    }

    private Fault? Of(SandboxRequest request, double chance, Fault[] kinds, ref (Fault Fault, int Left) outage)
    {
        if (!isOn || request.Header(Spared) is not null)
        {
            return null;
        }

        if (outage.Left > 0)
        {
            outage.Left--;
            return outage.Fault;
        }

        if (world.Random.NextDouble() >= chance)
        {
            return null;
        }

        var fault = kinds[world.Random.Next(kinds.Length)];
        switch (world.Random.Next(12))
        {
            case 0:
                outage = (fault, world.Random.Next(2, 60));
                break;
            case < 4:
                fault = Fault.Delay(TimeSpan.FromSeconds(world.Random.Next(1, 25)), world.Random.Next(2) == 0 ? fault : null);
                break;
        }

        world.Trace.Add($"fault at {request.Operation}: {kinds.IndexOf(fault)}{(outage.Left > 0 ? " outage" : "")}");
        return fault;
    }

    private Fault? AlwaysFails(SandboxRequest request)
    {
        var call = OtmechalkaCall.Of(request.Method, request.Path, request.Body);
        return !call.IsSearch && Failing.Contains((call.Kind, call.Id)) ? Fault.Answer(500, "Server Error", "text/plain") : null;
    }

    private RestException? FaultOf(RestCall call)
    {
        var kind = call.Method.StartsWith("crm.contact", StringComparison.Ordinal) ? SyncJob.Contacts : SyncJob.Deals;
        return call.Method.EndsWith(".update", StringComparison.Ordinal) && Denied.Contains((kind, PhpValue.Text(call.Parameters["id"])))
            ? Deny(kind, PhpValue.Text(call.Parameters["id"]))
            : null;
    }

    private RestException Deny(SyncJob kind, string id)
    {
        WereDenied.Add((kind, id));
        return RestException.OfMethod("Access denied.", "ACCESS_DENIED");
    }
}
