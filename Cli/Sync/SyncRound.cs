using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Sync;

/// <summary>One run of each job, one after another; a job that fails does not keep the next one from its turn.</summary>
internal sealed class SyncRound(Session session, SyncRunner runner)
{
    /// <summary>Runs the jobs and prints what they did.</summary>
    /// <returns>The higher exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<SyncJob> jobs, CancellationToken cancellationToken)
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
                var report = await RunAsync(job, cancellationToken);
                reports.Add(report);
                code = Math.Max(code, CodeOf(report));
            }
            catch (Exception error)
            {
                var failure = Failure.Of(error, cancellationToken);
                failure.WriteTo(session.Surroundings.Error);
                failures.Add(failure);
                code = Math.Max(code, failure.Code);
            }
        }

        if (session.IsJson)
        {
            var json = SyncJson.Of(reports);
            Merge(failures)?.AddTo(json);
            session.Print(json);
        }

        return code;
    }

    private async Task<RunReport> RunAsync(SyncJob job, CancellationToken cancellationToken)
    {
        var line = session.Surroundings.IsErrorTerminal ? new ProgressLine(session.Surroundings.Error) : null;
        try
        {
            var report = await runner.RunAsync(job, line, cancellationToken);
            line?.Clear();
            if (!session.IsJson)
            {
                session.Surroundings.Output.WriteLine(SyncText.Summary(report));
            }

            return report;
        }
        finally
        {
            line?.Clear();
        }
    }

    private static int CodeOf(RunReport report) => report switch
    {
        { IsCancelled: true } => ExitCode.Cancelled,
        { Outcome: RunOutcome.Interrupted } => ExitCode.Unavailable,
        { Outcome: RunOutcome.AlreadyRunning } => ExitCode.Locked,
        _ => ExitCode.Done,
    };

    private static Failure? Merge(List<Failure> failures) => failures.Count == 0 ? null : new Failure(
        failures.Max(failure => failure.Code),
        [.. failures.SelectMany(failure => failure.Problems).Distinct()],
        failures.Select(failure => failure.Error).FirstOrDefault(error => error is not null));
}
