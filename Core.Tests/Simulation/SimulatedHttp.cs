using B24Otmechalka.Core.Tests.Testing;
using B24Otmechalka.Sandbox;

namespace B24Otmechalka.Core.Tests.Simulation;

/// <summary>
/// The network between one process and both CRMs: it takes time, and a create may reach otmechalka long after the process
/// has given up or died. What goes wrong at the CRMs themselves is the matter of <see cref="HttpFaults"/>.
/// </summary>
internal sealed class SimulatedHttp(SimulatedWorld world, SimulatedProcess process) : DelegatingHandler(world.Crms.CreateHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (process.IsDead)
        {
            await SimulatedProcess.ForeverAsync();
        }

        var call = request.RequestUri!.Host == SandboxCrms.OtmechalkaHost
            ? OtmechalkaCall.Of(request.Method.Method, request.RequestUri.AbsolutePath, request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None))
            : null;
        var run = call is null ? null : process.Runs.GetValueOrDefault(call.Kind);
        if (call is not null)
        {
            world.Watch.Sent(process, run, call);
        }

        try
        {
            await world.LatencyAsync(cancellationToken);
            HttpResponseMessage? gaveUp = null;
            if (call is { IsCreate: true } && world.Http.IsLate())
            {
                var copy = await CopyAsync(request);
                _ = CarryOutLaterAsync(copy, call);
                gaveUp = await GiveUpAsync(cancellationToken);
            }

            var response = gaveUp ?? await base.SendAsync(request, cancellationToken);
            await world.LatencyAsync(cancellationToken);
            world.Watch.Answered(process, run, call, (int)response.StatusCode);
            return response;
        }
        catch (Exception error)
        {
            world.Watch.Unanswered(process, run, call, error);
            throw;
        }
    }

    // Nobody answers, the connection breaks, or a gateway has had enough.
    private async Task<HttpResponseMessage> GiveUpAsync(CancellationToken cancellationToken)
    {
        var kind = world.Random.Next(3);
        await Task.Delay(kind == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(5), world.Time, cancellationToken);
        return kind == 1 ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.") : new(System.Net.HttpStatusCode.GatewayTimeout);
    }

    private async Task CarryOutLaterAsync(HttpRequestMessage copy, OtmechalkaCall call)
    {
        await Task.Delay(TimeSpan.FromSeconds(1 + world.Random.Next(40)), world.Time);
        world.Trace.Add($"late: {call}");
        using var invoker = new HttpMessageInvoker(world.Crms.CreateHandler());
        using (copy)
        {
            await invoker.SendAsync(copy, CancellationToken.None);
        }
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync()) };
        foreach (var (name, value) in request.Headers.Concat(request.Content.Headers))
        {
            if (!copy.Headers.TryAddWithoutValidation(name, value))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        copy.Headers.TryAddWithoutValidation(HttpFaults.Spared, "1");
        return copy;
    }
}
