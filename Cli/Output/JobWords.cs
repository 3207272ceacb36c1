using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Output;

/// <summary>What a person calls the jobs' records.</summary>
internal static class JobWords
{
    /// <summary>All of a job, as a title.</summary>
    public static string Records(SyncJob job) => OutputStrings.Of(job == SyncJob.Contacts ? "Contacts" : "Deals");

    /// <summary>One of them.</summary>
    public static string Record(SyncJob job) => OutputStrings.Of(job == SyncJob.Contacts ? "Contact" : "Deal");
}
