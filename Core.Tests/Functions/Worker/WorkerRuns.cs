using B24Otmechalka.Core.Tests.Functions.Worker.Rpc;
using B24Otmechalka.Core.Tests.Processes;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>Runs that a test begins in a worker.</summary>
internal static class WorkerRuns
{
    /// <summary>A whole run of the contacts makes several times as many.</summary>
    private const int MiddleOfARun = 120;

    /// <summary>So long no run takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Begins a run of the contacts; returns when it is in its middle.</summary>
    public static async Task<Invocation> FireHalfwayAsync(FunctionsHost host, School school)
    {
        var middle = school.AfterRequests(MiddleOfARun);
        var invocation = host.Fire(WorkerDay.Contacts);
        Assert.Same(middle, await Task.WhenAny(middle, invocation.Answer));
        return invocation;
    }

    /// <summary>Runs a job to its end, which is a good one.</summary>
    public static async Task RunAsync(FunctionsHost host, string job)
    {
        var answer = await host.Fire(job).Answer.WaitAsync(Limit, TimeProvider.System);
        Assert.Equal((StatusResult.Types.Status.Success, null), (answer.Result.Status, answer.Result.Exception?.Message));
    }
}
