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
[Collection(HurriedWorkerTests.Name)]
public sealed class WorkerEndTests(WorkerStorage storage)
{
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
        await WorkerRuns.FireHalfwayAsync(host, school);

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
        await WorkerRuns.FireHalfwayAsync(host, school);
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
