using B24Otmechalka.Core.Telemetry;

namespace B24Otmechalka.Core.Sync;

/// <summary>Counts what a run does, for its report and the metrics. Safe to use from several tasks.</summary>
internal sealed class RunTally(SyncJob job, IProgress<RunReport>? progress)
{
    private int read;
    private int retried;
    private int written;
    private readonly int[] handled = new int[5];

    public void Read(int count) => Interlocked.Add(ref read, count);

    public void Retried() => Interlocked.Increment(ref retried);

    public void StatusWritten() => Interlocked.Increment(ref written);

    public void Handled(Handling? handling)
    {
        if (handling is { } counted)
        {
            Interlocked.Increment(ref handled[(int)counted]);
            SyncTelemetry.Handled(job.Name(), counted.ToString());
        }
    }

    /// <summary>Something has been stored: shows how far the run has come.</summary>
    public void Stored() => progress?.Report(Report());

    public RunReport Report() => new()
    {
        Job = job,
        Read = read,
        Created = handled[(int)Handling.Created],
        Updated = handled[(int)Handling.Updated],
        Unchanged = handled[(int)Handling.Unchanged],
        OutOfScope = handled[(int)Handling.OutOfScope],
        Failed = handled[(int)Handling.Failed],
        Retried = retried,
        StatusesWritten = written,
    };
}

/// <summary>The outcomes that add up to the records handled.</summary>
internal enum Handling
{
    Created,
    Updated,
    Unchanged,
    OutOfScope,
    Failed,
}
