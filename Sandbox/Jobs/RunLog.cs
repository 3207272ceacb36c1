using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Sandbox.Jobs;

/// <summary>Who started a run.</summary>
internal enum RunTrigger
{
    Timer,
    Person,
}

/// <summary>One run of a job. While it is under way it has neither <paramref name="Report"/> nor <paramref name="Error"/>.</summary>
/// <param name="Error">What it failed with, apart from the outcomes that a report tells.</param>
internal sealed record LoggedRun(
    int Number,
    SyncJob Job,
    RunTrigger Trigger,
    DateTimeOffset Started,
    RunReport? Report = null,
    string? Error = null
)
{
    public bool IsUnderWay => Report is null && Error is null;
}

/// <summary>The latest runs. Thread-safe.</summary>
internal sealed class RunLog(TimeProvider time)
{
    private const int Capacity = 200;

    private readonly Lock gate = new();
    private readonly LinkedList<LoggedRun> runs = new();
    private int number;

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<LoggedRun> Runs
    {
        get
        {
            lock (gate)
            {
                return [.. runs];
            }
        }
    }

    public LoggedRun Begin(SyncJob job, RunTrigger trigger)
    {
        lock (gate)
        {
            var run = new LoggedRun(++number, job, trigger, time.GetUtcNow());
            runs.AddLast(run);
            if (runs.Count > Capacity)
            {
                runs.RemoveFirst();
            }

            return run;
        }
    }

    public LoggedRun End(LoggedRun run, RunReport? report, string? error)
    {
        var ended = run with { Report = report, Error = error };
        lock (gate)
        {
            if (runs.Find(run) is { } node)
            {
                node.Value = ended;
            }
        }

        return ended;
    }
}
