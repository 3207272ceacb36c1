namespace B24Otmechalka.Core.Sync;

/// <summary>The jobs there are. Each call makes a fresh one, because a job remembers what it has read.</summary>
internal sealed class JobFactory(IReadOnlyDictionary<SyncJob, Func<JobDefinition>> jobs)
{
    /// <summary>The job, for one run or one command.</summary>
    public JobDefinition Create(SyncJob job) => jobs[job]();
}
