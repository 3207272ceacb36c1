using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Operations;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Cli;

/// <summary>
/// The messages of a run that a person should understand: the log holds names and codes for queries, here they are sentences.
/// </summary>
internal static class LogText
{
    /// <summary>The sentence; <see langword="null"/> for a message that has none, which is shown as it was logged.</summary>
    public static string? Of<TState>(EventId id, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return null;
        }

        return id.Name switch
        {
            "RecordFailed" => CliStrings.Of(
                "LogRecordFailed",
                Value("Job"),
                Value("RecordId"),
                Enum.TryParse<RecordOutcome>(Value("Outcome"), out var outcome) ? Reasons.Of(outcome) : "",
                Reasons.Of(Value("Code"))
            ),
            "RecordUnreadable" => CliStrings.Of("LogRecordUnreadable", Value("Job"), Value("RecordId"), Value("Reason")),
            "OutlastsCreate" => CliStrings.Of("LogOutlastsCreate", Value("Job"), Value("Seconds")),
            "RunFinished" => CliStrings.Of(
                "LogRunFinished",
                Value("Job"),
                CliStrings.Of($"Run{Value("Outcome")}"),
                Value("Read"),
                Value("Created"),
                Value("Updated"),
                Value("Unchanged"),
                Value("OutOfScope"),
                Value("Failed")
            ),
            "AlreadyRunning" => CliStrings.Of("LogAlreadyRunning", Value("Job")),
            _ => null,
        };

        string? Value(string name) => values.FirstOrDefault(value => value.Key == name).Value?.ToString();
    }
}
