using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Sync;

/// <summary>What one round of the jobs came to.</summary>
/// <param name="Code">The higher exit code.</param>
/// <param name="Reports">What the jobs did.</param>
/// <param name="Failures">Why others did not.</param>
internal sealed record RoundResult(int Code, IReadOnlyList<RunReport> Reports, IReadOnlyList<Failure> Failures);

/// <summary>One run of each job, one after another; a job that fails does not keep the next one from its turn.</summary>
internal sealed class SyncRound(SyncRunner runner, IReadOnlyList<SyncJob> jobs)
{
    /// <summary>Told how far the job under way has come.</summary>
    public IProgress<RunReport>? Progress { get; init; }

    /// <summary>Called when a job has ended with a report.</summary>
    public Action<RunReport> Ended { get; init; } = _ => { };

    /// <summary>Called when a job has failed without one.</summary>
    public Action<SyncJob, Failure> Failed { get; init; } = (_, _) => { };

    /// <summary>Runs the jobs.</summary>
    public async Task<RoundResult> RunAsync(CancellationToken cancellationToken)
    {
        var code = ExitCode.Done;
        var reports = new List<RunReport>();
        var failures = new List<Failure>();
        foreach (var job in jobs)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                code = ExitCode.Cancelled;
                break;
            }

            try
            {
                var report = await runner.RunAsync(job, Progress, cancellationToken);
                reports.Add(report);
                Ended(report);
                code = Math.Max(code, CodeOf(report));
            }
            catch (Exception error)
            {
                var failure = Failure.Of(error, cancellationToken);
                failures.Add(failure);
                Failed(job, failure);
                code = Math.Max(code, failure.Code);
            }
        }

        return new RoundResult(code, reports, failures);
    }

    private static int CodeOf(RunReport report) =>
        report switch
        {
            { IsCancelled: true } => ExitCode.Cancelled,
            { Unavailable: { } error } => ExitCode.Of(error),
            { Outcome: RunOutcome.Interrupted } => ExitCode.Unavailable,
            { Outcome: RunOutcome.AlreadyRunning } => ExitCode.Locked,
            _ => ExitCode.Done,
        };
}
