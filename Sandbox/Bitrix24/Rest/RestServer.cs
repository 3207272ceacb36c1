using B24Otmechalka.Sandbox.Bitrix24.Limits;
using B24Otmechalka.Sandbox.Http;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>
/// A request's way through the portal, in the order of docs/bitrix24.md, section 2: rate limit, unknown method, HTTPS, a block of the whole
/// portal, webhook, and then the command or the batch.
/// </summary>
internal sealed class RestServer
{
    private readonly Bitrix24Portal portal;
    private readonly TimeProvider time;
    private readonly MethodTable methods;
    private readonly CommandRunner runner;
    private readonly BatchMethod batch;
    private readonly Envelope envelope;
    private readonly LeakyBucket bucket;

    public RestServer(Bitrix24Portal portal, TimeProvider time)
    {
        this.portal = portal;
        this.time = time;
        methods = new MethodTable(portal);
        runner = new CommandRunner(portal, methods, time);
        envelope = new Envelope(portal);
        batch = new BatchMethod(portal, runner, envelope);
        bucket = new LeakyBucket(time);
    }

    public async Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        var options = portal.Options;
        if (options.WaitForLatency)
        {
            await Task.Delay(options.RoundTrip, time, cancellationToken);
        }

        var session = new RestSession(time.GetUtcNow());
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
        {
            response = SandboxResponse.Html(504, "Gateway Time-out");
        }

        return response with
        {
            Commands = session.Commands,
            ServerTime = session.Elapsed,
        };
    }

    private async Task<SandboxResponse> AnswerAsync(SandboxRequest request, RestSession session, CancellationToken cancellationToken)
    {
        if (RestPath.Parse(request.Path) is not { } path)
        {
            return SandboxResponse.Html(404, "Not Found");
        }

        var webhook = Admit(request, path);
        var call = new RestCall(path.Method, RestParameters.Read(request), webhook);
        if (path.Method == "batch")
        {
            var result = await batch.RunAsync(session, call, cancellationToken);
            return Envelope.Success(result, envelope.BatchTime(session));
        }

        var outcome = await runner.RunAsync(session, call, cancellationToken);
        return Envelope.Success(outcome.Result, envelope.Time(outcome));
    }

    private Webhook Admit(SandboxRequest request, RestPath path)
    {
        var (options, edition) = (portal.Options, portal.Options.ErrorEdition);
        if (options.RateLimit is { } limit && !portal.Locked(() => bucket.TryTake(limit, options.RefusedRequestsCount)))
        {
            throw SystemError.QueryLimitExceeded.In(edition);
        }

        if (path.Method != "batch" && methods.Find(path.Method) is null)
        {
            throw SystemError.MethodNotFound.In(edition);
        }

        if (options.RequireHttps && !request.IsHttps)
        {
            throw SystemError.HttpsRequired.In(edition);
        }

        var block = options.Block switch
        {
            PortalBlock.Overload => SystemError.OverloadLimit,
            PortalBlock.NoCommercialPlan => SystemError.AccessDenied,
            PortalBlock.Deleted => SystemError.PortalDeleted,
            _ => null,
        };
        if (block is not null)
        {
            throw block.In(edition);
        }

        var webhook =
            portal.FindWebhook(path.UserId, path.Token)
            ?? throw (edition == ErrorEdition.A ? SystemError.NoAuthFound : SystemError.InvalidCredentials).In(edition);
        return webhook.OwnerActive ? webhook : throw SystemError.UserInactive.In(edition);
    }
}
