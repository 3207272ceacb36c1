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

        var call =
            request.RequestUri!.Host == SandboxCrms.OtmechalkaHost
                ? OtmechalkaCall.Of(
                    request.Method.Method,
                    request.RequestUri.AbsolutePath,
                    request.Content is null ? "" : await request.Content.ReadAsStringAsync(CancellationToken.None)
                )
                : null;
        // A deal's client is looked for beside the run of the contacts.
        var run = call is null || call.Kind != SimulatedProcess.CurrentJob ? null : process.Runs.GetValueOrDefault(call.Kind);
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
                var answers = world.Random.Next(3) > 0;
                _ = CarryOutLaterAsync(
                    copy,
                    call,
                    run,
                    TimeSpan.FromSeconds(1 + world.Random.Next(answers || world.Climate.Cancellations > 0 ? 15 : 40))
                );
                gaveUp = await GiveUpAsync(answers, cancellationToken);
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

    // Nobody answers, the connection breaks, a gateway has had enough, or the create is put into a queue.
    private async Task<HttpResponseMessage> GiveUpAsync(bool answers, CancellationToken cancellationToken)
    {
        await Task.Delay(answers ? TimeSpan.FromSeconds(5) : Timeout.InfiniteTimeSpan, world.Time, cancellationToken);
        return world.Random.Next(3) switch
        {
            0 => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke."),
            1 => new(System.Net.HttpStatusCode.GatewayTimeout),
            _ => new(System.Net.HttpStatusCode.Accepted),
        };
    }

    // At most sixteen seconds after it was given up, a cancelled one too; clocks differ by at most eighteen, and it is waited for
    // thirty-five.
    private async Task CarryOutLaterAsync(HttpRequestMessage copy, OtmechalkaCall call, SimulatedRun? run, TimeSpan delay)
    {
        // The longer its sender is dead, the surer the next one has the lock: what is under way then arrives soon, or makes a double.
        // So it does when the storage has failed, and its sender cannot note that it got no answer.
        await Task.WhenAny(Task.Delay(delay, world.Time), process.Death, run?.StorageFailed.Task ?? SimulatedProcess.ForeverAsync());
        await world.LatencyAsync(CancellationToken.None);
        world.Trace.Add($"late: {call}");
        using var invoker = new HttpMessageInvoker(world.Crms.CreateHandler());
        using (copy)
        {
            await invoker.SendAsync(copy, CancellationToken.None);
        }
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync()),
        };
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
