using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core.Sync;

/// <summary>The log messages of a run: IDs, codes and counts, never a record's contents.</summary>
internal static partial class SyncLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "{Job} {Outcome} ({Reason}): read {Read}, created {Created}, updated {Updated}, unchanged {Unchanged}, out of scope "
            + "{OutOfScope}, failed {Failed}, retried {Retried}, statuses written {StatusesWritten} owed {StatusesOwed}, waiting "
            + "{Waiting}, requests {Bitrix24Requests} + {OtmechalkaRequests}, {DurationSeconds} s, checkpoint {Checkpoint}, "
            + "backlog {BacklogAgeSeconds} s, delivered {Delivered}, version {Version}",
        EventName = "RunFinished"
    )]
    public static partial void RunFinished(
        ILogger logger,
        string job,
        string outcome,
        string? reason,
        int read,
        int created,
        int updated,
        int unchanged,
        int outOfScope,
        int failed,
        int retried,
        int statusesWritten,
        int? statusesOwed,
        int? waiting,
        int bitrix24Requests,
        int otmechalkaRequests,
        double durationSeconds,
        string? checkpoint,
        double? backlogAgeSeconds,
        long? delivered,
        string version
    );

    [LoggerMessage(2, LogLevel.Warning, "{Job}: record {RecordId} {Outcome}: {Code}", EventName = "RecordFailed")]
    public static partial void RecordFailed(ILogger logger, string job, string recordId, string outcome, string code);

    [LoggerMessage(3, LogLevel.Information, "{Job}: another run holds the lock", EventName = "AlreadyRunning")]
    public static partial void AlreadyRunning(ILogger logger, string job);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "{Job}: waits {Seconds} s, because a create that got no answer may still be carried out",
        EventName = "OutlastsCreate"
    )]
    public static partial void OutlastsCreate(ILogger logger, string job, int seconds);

    [LoggerMessage(5, LogLevel.Warning, "{Job}: record {RecordId} cannot be read: {Reason}", EventName = "RecordUnreadable")]
    public static partial void RecordUnreadable(ILogger logger, string job, string recordId, string reason);
}
