using System.Text.Json.Serialization;
using B24Otmechalka.Core.Http;

namespace B24Otmechalka.Core.Sync;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Everything that was there has been handled.</summary>
    Completed,

    /// <summary>A CRM or the storage is unavailable, or the run was cancelled. What was done stays done.</summary>
    Interrupted,

    /// <summary>The time budget is spent; the next run goes on.</summary>
    BudgetSpent,

    /// <summary>Another run of the job holds the lease.</summary>
    AlreadyRunning,
}

/// <summary>What a run did. Holds no personal data.</summary>
public sealed record RunReport
{
    /// <summary>The job.</summary>
    public required SyncJob Job { get; init; }

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome { get; init; }

    /// <summary>Why it was interrupted; otherwise <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The system that cannot be used, where that interrupted the run.</summary>
    [JsonIgnore]
    public UnavailableException? Unavailable { get; init; }

    /// <summary>Whether it was interrupted because it was cancelled, not because a system is unavailable.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>
    /// Records that were looked at; those that an earlier run passed in just this version do not count. Always the sum of the five numbers
    /// below.
    /// </summary>
    public int Read => Created + Updated + Unchanged + OutOfScope + Failed;

    /// <summary>Records created in otmechalka.</summary>
    public int Created { get; init; }

    /// <summary>Records changed in otmechalka.</summary>
    public int Updated { get; init; }

    /// <summary>
    /// Records that need nothing: their ticket is there already, or they are known as they are, or they wait for their next try.
    /// </summary>
    public int Unchanged { get; init; }

    /// <summary>Records with only unsupported products or branches.</summary>
    public int OutOfScope { get; init; }

    /// <summary>Records that break the format, were refused or could not be read.</summary>
    public int Failed { get; init; }

    /// <summary>Of the records handled, those that were tried again.</summary>
    public int Retried { get; init; }

    /// <summary>Status texts written to Bitrix24.</summary>
    public int StatusesWritten { get; init; }

    /// <summary>Status texts that Bitrix24 has not taken yet; <see langword="null"/> when the run could not know.</summary>
    public int? StatusesOwed { get; init; }

    /// <summary>Records that wait for another try; <see langword="null"/> when the run could not know.</summary>
    public int? Waiting { get; init; }

    /// <summary>HTTP requests to Bitrix24.</summary>
    public int Bitrix24Requests { get; init; }

    /// <summary>HTTP requests to otmechalka.</summary>
    public int OtmechalkaRequests { get; init; }

    /// <summary>How long the run took, in seconds.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>
    /// Age of the oldest change that was read and not handled, in seconds; 0 when all was; <see langword="null"/> when the run did not get
    /// as far as to know.
    /// </summary>
    public double? BacklogAgeSeconds { get; init; }

    /// <summary>The checkpoint at the end, with the portal's offset; <see langword="null"/> when it could not be read.</summary>
    public DateTimeOffset? Checkpoint { get; init; }
}
