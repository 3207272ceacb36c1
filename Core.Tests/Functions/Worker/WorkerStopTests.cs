using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Processes;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// A run that is cancelled or killed in the middle is gone on with: nothing is lost and nothing done twice (docs/spec.md, section 6).
/// </summary>
[Collection(WorkerTests.Name)]
public sealed class WorkerStopTests(WorkerStorage storage)
{
    [Fact]
    public async Task Cancel_InTheMiddleOfARun_EndsTheRunAndSaysWhy()
    {
        await using var school = await School.OpenAsync(storage.ConnectionString, "Cancel");
        await using var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings));
        var invocation = await WorkerRuns.FireHalfwayAsync(host, school);

        host.Cancel(invocation);
        var answer = await invocation.Answer.WaitAsync(WorkerRuns.Limit, TimeProvider.System);

        Assert.True(host.Capabilities.ContainsKey("HandlesInvocationCancelMessage"));
        Assert.Equal(StatusResult.Types.Status.Success, answer.Result.Status);
        Assert.False(await school.IsLockedAsync(), "the lock is still held");
        Assert.InRange(school.Crms.Otmechalka.Store.ClientCount, 1, School.ContactCount - 1);
        Assert.Contains(
            host.Logs,
            log => log.InvocationId == invocation.Id && log.Message.Contains("the invocation was cancelled", StringComparison.Ordinal)
        );
        await WorkerRuns.RunAsync(host, WorkerDay.Contacts);
        Assert.Equal(School.ContactCount, school.Crms.Otmechalka.Store.ClientCount);
        await school.SettleAsync();
    }

    [Fact]
    public async Task Kill_InTheMiddleOfARun_TheNextWorkerGoesOn()
    {
        await using var school = await School.OpenAsync(storage.ConnectionString, "Kill");
        await using (var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings)))
        {
            await WorkerRuns.FireHalfwayAsync(host, school);
            host.Worker.Kill();
            await host.Worker.EndAsync(WorkerRuns.Limit);
        }

        await school.LetLocksExpireAsync();
        await using (var next = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings)))
        {
            await WorkerRuns.RunAsync(next, WorkerDay.Contacts);
            await WorkerRuns.RunAsync(next, WorkerDay.Deals);
        }

        Assert.Equal(
            (School.ContactCount, School.DealCount),
            (school.Crms.Otmechalka.Store.ClientCount, school.Crms.Otmechalka.Store.Tickets.Count)
        );
        await school.SettleAsync();
    }
}
