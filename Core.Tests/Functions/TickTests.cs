using B24Otmechalka.Core.Sync;
using B24Otmechalka.Functions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Xunit;

namespace B24Otmechalka.Core.Tests.Functions;

public sealed class TickTests : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource invocation = new();
    private readonly Recorder recorder = new();
    private readonly Tick tick;

    public TickTests()
    {
        var lifetime = Substitute.For<IHostApplicationLifetime>();
        lifetime.ApplicationStopping.Returns(stopping.Token);
        tick = new Tick(lifetime, recorder);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_CancelledByEither_EndsTheRunInOrder(bool byTheHost)
    {
        var running = tick.RunAsync(SyncJob.Deals, isPastDue: false, UntilCancelledAsync, invocation.Token);
        Assert.False(running.IsCompleted);

        await (byTheHost ? stopping : invocation).CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("Information RunStopped", Assert.Single(recorder.Entries));
    }

    [Fact]
    public async Task RunAsync_CrmIsDown_Warns()
    {
        await tick.RunAsync(SyncJob.Contacts, isPastDue: false, Ends(RunOutcome.Interrupted, "Bitrix24 is unavailable: timeout"), default);

        Assert.Equal("Warning RunInterrupted", Assert.Single(recorder.Entries));
    }

    [Theory]
    [InlineData(RunOutcome.Completed)]
    [InlineData(RunOutcome.BudgetSpent)]
    [InlineData(RunOutcome.AlreadyRunning)]
    public async Task RunAsync_NothingWrong_LogsNothingMore(RunOutcome outcome)
    {
        await tick.RunAsync(SyncJob.Contacts, isPastDue: false, Ends(outcome), default);

        Assert.Empty(recorder.Entries);
    }

    [Fact]
    public async Task RunAsync_LateTick_IsLoggedAndRunsAllTheSame()
    {
        await tick.RunAsync(SyncJob.Contacts, isPastDue: true, Ends(RunOutcome.Completed), default);

        Assert.Equal("Warning TickLate", Assert.Single(recorder.Entries));
    }

    [Fact]
    public async Task RunAsync_UnexpectedError_FailsTheInvocation()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            tick.RunAsync(SyncJob.Contacts, isPastDue: false, (_, _) => throw new InvalidOperationException("unexpected"), default));

        Assert.Equal("unexpected", error.Message);
    }

    public void Dispose()
    {
        stopping.Dispose();
        invocation.Dispose();
    }

    private static Func<SyncJob, CancellationToken, Task<RunReport>> Ends(RunOutcome outcome, string? reason = null) =>
        (job, _) => Task.FromResult(new RunReport { Job = job, Outcome = outcome, Reason = reason });

    private static async Task<RunReport> UntilCancelledAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using (cancellationToken.Register(cancelled.SetResult))
        {
            await cancelled.Task;
        }

        return new RunReport { Job = job, Outcome = RunOutcome.Interrupted, Reason = "cancelled", IsCancelled = true };
    }

    private sealed class Recorder : ILogger<Tick>
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add($"{logLevel} {eventId.Name}");
    }
}
