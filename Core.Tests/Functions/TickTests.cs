using B24Otmechalka.Core.Sync;
using B24Otmechalka.Functions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions;

public sealed class TickTests : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource invocation = new();
    private readonly FakeTimeProvider time = new();
    private readonly RunningTicks running;
    private readonly Recorder recorder = new();
    private readonly Tick tick;

    public TickTests()
    {
        running = new RunningTicks(time);
        var lifetime = Substitute.For<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.Returns(stopping.Token);
        tick = new Tick(running, lifetime, recorder);
    }

    [Theory]
    [InlineData(
        true,
        "Information RunStopped: The run of DEAL_SYNC_JOB ended in order: the host is stopping. The next run goes on with the rest"
    )]
    [InlineData(
        false,
        "Warning RunStopped: The run of DEAL_SYNC_JOB ended in order: the invocation was cancelled, by functionTimeout or by "
            + "hand. The next run goes on with the rest"
    )]
    public async Task RunAsync_CancelledByEither_EndsTheRunInOrderAndSaysWhy(bool byTheHost, string said)
    {
        var running = tick.RunAsync(SyncJob.Deals, "invocation 1", isPastDue: false, UntilCancelledAsync, invocation.Token);
        Assert.False(running.IsCompleted);

        await (byTheHost ? stopping : invocation).CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(said, Assert.Single(recorder.Entries));
    }

    [Fact]
    public async Task RunAsync_CrmIsDown_Warns()
    {
        await tick.RunAsync(
            SyncJob.Contacts,
            "invocation 1",
            isPastDue: false,
            Ends(RunOutcome.Interrupted, "Bitrix24 is unavailable: timeout"),
            default
        );

        Assert.StartsWith("Warning RunInterrupted", Assert.Single(recorder.Entries), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunOutcome.Completed)]
    [InlineData(RunOutcome.BudgetSpent)]
    [InlineData(RunOutcome.AlreadyRunning)]
    public async Task RunAsync_NothingWrong_LogsNothingMore(RunOutcome outcome)
    {
        await tick.RunAsync(SyncJob.Contacts, "invocation 1", isPastDue: false, Ends(outcome), default);

        Assert.Empty(recorder.Entries);
    }

    [Fact]
    public async Task RunAsync_LateTick_IsLoggedAndRunsAllTheSame()
    {
        await tick.RunAsync(SyncJob.Contacts, "invocation 1", isPastDue: true, Ends(RunOutcome.Completed), default);

        Assert.StartsWith("Warning TickLate", Assert.Single(recorder.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnexpectedError_FailsTheInvocation()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            tick.RunAsync(
                SyncJob.Contacts,
                "invocation 1",
                isPastDue: false,
                (_, _) => throw new InvalidOperationException("unexpected"),
                default
            )
        );

        Assert.Equal("unexpected", error.Message);
    }

    [Fact]
    public async Task RunAsync_Always_PutsTheInvocationIntoTheScope()
    {
        await tick.RunAsync(SyncJob.Contacts, "invocation 1", isPastDue: false, Ends(RunOutcome.Completed), default);

        Assert.Equal("invocation 1", Assert.Single(recorder.Scopes)[Tick.InvocationIdKey]);
    }

    [Fact]
    public async Task StopAsync_TicksAreRunning_WaitsForAllOfThem()
    {
        var (first, second) = (Run(SyncJob.Contacts), Run(SyncJob.Deals));
        var stop = running.StopAsync(default);

        first.End.SetResult(new RunReport { Job = SyncJob.Contacts });
        await first.Tick;
        Assert.False(stop.IsCompleted);
        second.End.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.Tick);
        await stop.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task StopAsync_ATickDoesNotEnd_GivesUpBeforeTheHostKills()
    {
        Run(SyncJob.Contacts);
        var stop = running.StopAsync(default);

        time.Advance(RunningTicks.LongestWait - TimeSpan.FromMilliseconds(1));
        Assert.False(stop.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await stop.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task StopAsync_NothingRuns_ReturnsAtOnce()
    {
        await tick.RunAsync(SyncJob.Contacts, "invocation 1", isPastDue: false, Ends(RunOutcome.Completed), default);

        Assert.True(running.StopAsync(default).IsCompletedSuccessfully);
    }

    public void Dispose()
    {
        stopping.Dispose();
        invocation.Dispose();
    }

    private (Task Tick, TaskCompletionSource<RunReport> End) Run(SyncJob job)
    {
        var end = new TaskCompletionSource<RunReport>();
        return (tick.RunAsync(job, "invocation 1", isPastDue: false, (_, _) => end.Task, default), end);
    }

    private static Func<SyncJob, CancellationToken, Task<RunReport>> Ends(RunOutcome outcome, string? reason = null) =>
        (job, _) =>
            Task.FromResult(
                new RunReport
                {
                    Job = job,
                    Outcome = outcome,
                    Reason = reason,
                }
            );

    private static async Task<RunReport> UntilCancelledAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using (cancellationToken.Register(cancelled.SetResult))
        {
            await cancelled.Task;
        }

        return new RunReport
        {
            Job = job,
            Outcome = RunOutcome.Interrupted,
            Reason = "cancelled",
            IsCancelled = true,
        };
    }

    private sealed class Recorder : ILogger<Tick>
    {
        public List<string> Entries { get; } = [];

        public List<Dictionary<string, object>> Scopes { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Scopes.Add(Assert.IsType<Dictionary<string, object>>(state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Entries.Add($"{logLevel} {eventId.Name}: {formatter(state, exception)}");
    }
}
