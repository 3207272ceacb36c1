namespace B24Otmechalka.Core.Sync;

/// <summary>The two jobs (docs/spec.md, section 2).</summary>
public enum SyncJob
{
    /// <summary>Contacts become clients.</summary>
    Contacts,

    /// <summary>Won deals become tickets.</summary>
    Deals,
}

/// <summary>The jobs' names.</summary>
public static class SyncJobs
{
    /// <summary>The name of the job in reports, logs and the table.</summary>
    public static string Name(this SyncJob job) => job == SyncJob.Contacts ? "CONTACT_SYNC_JOB" : "DEAL_SYNC_JOB";
}
