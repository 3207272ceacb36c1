using B24Otmechalka.Sandbox.Bitrix24.Limits;

namespace B24Otmechalka.Sandbox.Bitrix24.Rest;

/// <summary>A command that succeeded, with what its <c>time</c> tells.</summary>
internal sealed record CommandOutcome(
    MethodResult Result,
    DateTimeOffset Started,
    TimeSpan Duration,
    TimeSpan Operating,
    DateTimeOffset OperatingResetAt
);

/// <summary>
/// Carries out one command, alone or in a batch: scope, operating budget (checked before, so that the call that crosses
/// the limit still completes; docs/bitrix24.md, section 3), latency, and then the method itself under the portal's lock.
/// </summary>
internal sealed class CommandRunner(Bitrix24Portal portal, MethodTable methods, TimeProvider time)
{
    private readonly OperatingBudget budget = new(time);

    /// <exception cref="RestException">The command failed.</exception>
    public async Task<CommandOutcome> RunAsync(RestSession session, RestCall call, CancellationToken cancellationToken)
    {
        session.Began(call);
        var options = portal.Options;
        var method = methods.Find(call.Method) ?? throw SystemError.MethodNotFound.In(options.ErrorEdition);
        if (!MethodTable.MayCall(call.Webhook, method))
        {
            throw (method.ApplicationOnly ? SystemError.WrongAuthType : SystemError.InsufficientScope).In(options.ErrorEdition);
        }

        var webhook = $"{call.Webhook.UserId}/{call.Webhook.Token}";
        if (options.OperatingLimit is { } limit && portal.Locked(() => budget.Read(webhook, method.Name).Spent >= limit))
        {
            throw SystemError.OperationTimeLimit.In(options.ErrorEdition);
        }

        if (portal.CommandFault?.Invoke(call) is { } fault)
        {
            throw fault;
        }

        var started = session.Clock;
        var duration = options.Latency.Of(method.Cost(call));
        if (options.WaitForLatency)
        {
            await Task.Delay(duration, time, cancellationToken);
        }

        session.Spent(duration);
        return portal.Locked(() =>
        {
            budget.Add(webhook, method.Name, duration);
            portal.OnCommand?.Invoke(call);
            var result = method.Handle(call);
            var (spent, resetAt) = budget.Read(webhook, method.Name);
            return new CommandOutcome(result, started, duration, spent, resetAt);
        });
    }
}
