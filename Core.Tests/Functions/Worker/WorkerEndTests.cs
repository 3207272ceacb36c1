using System.Text.Json.Nodes;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Processes;
using B24Otmechalka.Sandbox.Data;
using B24Otmechalka.Sandbox.Http;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>
/// A run whose worker or invocation comes to its end in the middle: told to, told by nobody, or killed. Each test lets the
/// work be finished afterwards and checks that nothing was lost and nothing done twice (docs/spec.md, section 6).
/// </summary>
[Collection(WorkerStorage.Collection)]
public sealed class WorkerEndTests(WorkerStorage storage)
{
    /// <summary>A whole run of the contacts makes several times as many.</summary>
    private const int MiddleOfARun = 120;

    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);

    public enum Ending
    {
        Terminated,
        Signalled,
        HostGone,
    }

    [Theory]
    [InlineData(Ending.Terminated)]
    [InlineData(Ending.Signalled)]
    [InlineData(Ending.HostGone)]
    public async Task End_InTheMiddleOfARun_ComesInOrder(Ending end)
    {
        if (end == Ending.Signalled && OperatingSystem.IsWindows())
        {
            return;
        }

        await using var school = await School.OpenAsync(storage.ConnectionString, $"End{end}");
        using var ingestion = new Ingestion();
        await using var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings, ingestion));
        await FireHalfwayAsync(host, school);

        await BringAboutAsync(end, host);
        var code = await host.Worker.EndAsync(FunctionsHost.GracePeriod);

        Assert.Equal(0, code);
        Assert.False(await school.IsLockedAsync(), "the lock is still held");
        var events = Events(ingestion);
        Assert.Equal(["RunFinished", "RunStopped"], events.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("Interrupted", "cancelled"), ((string?)events["RunFinished"]["Outcome"], (string?)events["RunFinished"]["Reason"]));
        Assert.Equal("the host is stopping", (string?)events["RunStopped"]["Reason"]);
        Assert.Equal(
            school.Crms.Otmechalka.Store.ClientCount,
            Written(school) + int.Parse((string)events["RunFinished"]["StatusesOwed"]!, null)
        );
        await school.SettleAsync();
    }

    [Fact]
    public async Task End_WhileOtmechalkaDoesNotAnswer_ComesInOrderAllTheSame()
    {
        await using var school = await School.OpenAsync(storage.ConnectionString, "EndUnanswered");
        using var ingestion = new Ingestion();
        await using var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings, ingestion));
        await FireHalfwayAsync(host, school);
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        school.Crms.OtmechalkaEndpoint.FaultOf = _ =>
        {
            silent.TrySetResult();
            return Fault.HangAfterCommit;
        };
        await silent.Task;

        host.Terminate();
        var code = await host.Worker.EndAsync(FunctionsHost.GracePeriod);

        Assert.Equal(0, code);
        Assert.False(await school.IsLockedAsync(), "the lock is still held");
        Assert.Equal(["RunFinished", "RunStopped"], Events(ingestion).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfARun_EndsTheRunAndSaysWhy()
    {
        await using var school = await School.OpenAsync(storage.ConnectionString, "Cancel");
        await using var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings));
        var invocation = await FireHalfwayAsync(host, school);

        host.Cancel(invocation);
        var answer = await invocation.Answer.WaitAsync(RunLimit, TimeProvider.System);

        Assert.True(host.Capabilities.ContainsKey("HandlesInvocationCancelMessage"));
        Assert.Equal(StatusResult.Types.Status.Success, answer.Result.Status);
        Assert.False(await school.IsLockedAsync(), "the lock is still held");
        Assert.InRange(school.Crms.Otmechalka.Store.ClientCount, 1, School.ContactCount - 1);
        Assert.Contains(
            host.Logs,
            log => log.InvocationId == invocation.Id && log.Message.Contains("the invocation was cancelled", StringComparison.Ordinal)
        );
        await RunAsync(host, WorkerDay.Contacts);
        Assert.Equal(School.ContactCount, school.Crms.Otmechalka.Store.ClientCount);
        await school.SettleAsync();
    }

    [Fact]
    public async Task Kill_InTheMiddleOfARun_TheNextWorkerGoesOn()
    {
        await using var school = await School.OpenAsync(storage.ConnectionString, "Kill");
        await using (var host = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings)))
        {
            await FireHalfwayAsync(host, school);
            host.Worker.Kill();
            await host.Worker.EndAsync(RunLimit);
        }

        await school.LetLocksExpireAsync();
        await using (var next = await FunctionsHost.StartAsync(WorkerSettings.Environment(school.Settings)))
        {
            await RunAsync(next, WorkerDay.Contacts);
            await RunAsync(next, WorkerDay.Deals);
        }

        Assert.Equal(
            (School.ContactCount, School.DealCount),
            (school.Crms.Otmechalka.Store.ClientCount, school.Crms.Otmechalka.Store.Tickets.Count)
        );
        await school.SettleAsync();
    }

    private static async Task<Invocation> FireHalfwayAsync(FunctionsHost host, School school)
    {
        var middle = school.AfterRequests(MiddleOfARun);
        var invocation = host.Fire(WorkerDay.Contacts);
        Assert.Same(middle, await Task.WhenAny(middle, invocation.Answer));
        return invocation;
    }

    private static async Task RunAsync(FunctionsHost host, string job)
    {
        var answer = await host.Fire(job).Answer.WaitAsync(RunLimit, TimeProvider.System);
        Assert.Equal((StatusResult.Types.Status.Success, null), (answer.Result.Status, answer.Result.Exception?.Message));
    }

    private static async Task BringAboutAsync(Ending end, FunctionsHost host)
    {
        switch (end)
        {
            case Ending.Terminated:
                host.Terminate();
                break;
            case Ending.Signalled:
                host.Worker.Signal();
                break;
            default:
                await host.VanishAsync();
                break;
        }
    }

    /// <summary>What was exported of the run's end, by the events' names.</summary>
    private static Dictionary<string, JsonNode> Events(Ingestion ingestion) =>
        ingestion
            .DataOf("MessageData")
            .Select(data => data["properties"]!)
            .Where(properties => ((string?)properties["EventName"])?.StartsWith("Run", StringComparison.Ordinal) == true)
            .ToDictionary(properties => (string)properties["EventName"]!);

    private static int Written(School school) =>
        school.Crms.Portal.Contacts.Ids.Count(id => school.Crms.Portal.Contacts.Text(id, SampleFields.Status) == StatusLine.Success);
}
