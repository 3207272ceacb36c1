using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// A request's way through the portal, in the order of facts 2: rate limit, unknown method, HTTPS, a block of the whole
/// portal, webhook, and then the command or the batch.
/// </summary>
internal sealed class RestServer
{
    private readonly Bitrix24Portal _portal;
    private readonly TimeProvider _time;
    private readonly MethodTable _methods;
    private readonly CommandRunner _runner;
    private readonly BatchMethod _batch;
    private readonly Envelope _envelope;
    private readonly LeakyBucket _bucket;

    public RestServer(Bitrix24Portal portal, TimeProvider time)
    {
        _portal = portal;
        _time = time;
        _methods = new MethodTable(portal);
        _runner = new CommandRunner(portal, _methods, time);
        _envelope = new Envelope(portal);
        _batch = new BatchMethod(portal, _runner, _envelope);
        _bucket = new LeakyBucket(time);
    }

    public async Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        var options = _portal.Options;
        if (options.WaitForLatency)
            await Task.Delay(options.RoundTrip, _time, cancellationToken);

        var session = new RestSession(_time.GetUtcNow());
        SandboxResponse response;
        try
        {
            response = await AnswerAsync(request, session, cancellationToken);
        }
        catch (RestException error)
        {
            response = Envelope.Failure(error);
        }

        if (session.Elapsed > options.MaxDuration)
            response = SandboxResponse.Html(504, "Gateway Time-out");

        return response with { Commands = session.Commands, ServerTime = session.Elapsed };
    }

    private async Task<SandboxResponse> AnswerAsync(SandboxRequest request, RestSession session, CancellationToken cancellationToken)
    {
        if (RestPath.Parse(request.Path) is not { } path)
            return SandboxResponse.Html(404, "Not Found");

        var webhook = Admit(request, path);
        var call = new RestCall(path.Method, RestParameters.Read(request), webhook);
        if (path.Method == "batch")
        {
            var result = await _batch.RunAsync(session, call, cancellationToken);
            return Envelope.Success(result, _envelope.BatchTime(session));
        }

        var outcome = await _runner.RunAsync(session, call, cancellationToken);
        return Envelope.Success(outcome.Result, _envelope.Time(outcome));
    }

    private Webhook Admit(SandboxRequest request, RestPath path)
    {
        var (options, edition) = (_portal.Options, _portal.Options.ErrorEdition);
        if (options.RateLimit is { } limit && !_portal.Locked(() => _bucket.TryTake(limit, options.RefusedRequestsCount)))
            throw SystemError.QueryLimitExceeded.In(edition);

        if (path.Method != "batch" && _methods.Find(path.Method) is null)
            throw SystemError.MethodNotFound.In(edition);

        if (options.RequireHttps && !request.IsHttps)
            throw SystemError.HttpsRequired.In(edition);

        var block = options.Block switch
        {
            PortalBlock.Overload => SystemError.OverloadLimit,
            PortalBlock.NoCommercialPlan => SystemError.AccessDenied,
            PortalBlock.Deleted => SystemError.PortalDeleted,
            _ => null,
        };
        if (block is not null)
            throw block.In(edition);

        var webhook = _portal.FindWebhook(path.UserId, path.Token)
            ?? throw (edition == ErrorEdition.A ? SystemError.NoAuthFound : SystemError.InvalidCredentials).In(edition);
        return webhook.OwnerActive ? webhook : throw SystemError.UserInactive.In(edition);
    }
}
