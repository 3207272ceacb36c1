using System.Text.Json;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Sandbox.Data;

namespace B24Otmechalka.Sandbox.Once;

/// <summary>What the sample data expects of its records: an outcome for each, and what follows from it in both CRMs.</summary>
internal static class Expectation
{
    /// <summary>The outcomes by ID; records that no run may look at are missing.</summary>
    public static IReadOnlyDictionary<string, RecordOutcome> Load(SyncJob job)
    {
        using var document = JsonDocument.Parse(Resources.Open("sample.json"));
        return document
            .RootElement.GetProperty("expected")
            .GetProperty(job == SyncJob.Contacts ? "contacts" : "deals")
            .EnumerateObject()
            .SelectMany(outcome =>
                outcome.Value.EnumerateArray().Select(id => (Id: id.GetString()!, Outcome: Enum.Parse<RecordOutcome>(outcome.Name)))
            )
            .ToDictionary(record => record.Id, record => record.Outcome);
    }

    /// <returns>What is not as expected; <see langword="null"/> when all is.</returns>
    public static string? Check(IReadOnlyDictionary<string, RecordOutcome> expected, RecordView record)
    {
        RecordOutcome? outcome = expected.TryGetValue(record.Id, out var found) ? found : null;
        if (record.Entry?.Outcome != outcome)
        {
            return $"{outcome?.ToString() ?? "no outcome"} expected, not {record.Entry?.Outcome.ToString() ?? "none"}.";
        }

        var isDelivered = outcome == RecordOutcome.Delivered;
        if (isDelivered != record.Otmechalka is not null)
        {
            return isDelivered ? "it is not in otmechalka." : "it must not be in otmechalka.";
        }

        var isSuccess = record.Status == StatusLine.Success;
        if (outcome is null ? record.Status is not null : isSuccess != outcome is RecordOutcome.Delivered or RecordOutcome.OutOfScope)
        {
            return $"unexpected status: {record.Status ?? "none"}";
        }

        return outcome is not null && record.Status is null ? "it has no status." : null;
    }
}
