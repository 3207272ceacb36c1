using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Core.Operations;

/// <summary>Completes a preview with what otmechalka holds, and with what the action would come to.</summary>
internal sealed class Prediction(JobDefinition job)
{
    /// <summary>Completes it. That otmechalka cannot be asked is part of the preview.</summary>
    public async Task<Preview> CompleteAsync(Preview preview, SyncAction action, MappingResult mapping, CancellationToken cancellationToken)
    {
        var expected = action switch
        {
            SyncAction.Send => preview with { Action = PreviewAction.Send, ExpectedStatus = StatusLine.Success },
            SyncAction.Withhold or SyncAction.WriteStatus => preview with
            {
                Action = PreviewAction.WriteStatus,
                ExpectedStatus = TextOf(mapping),
            },
            _ => preview with { Action = PreviewAction.Nothing, ExpectedStatus = preview.Status },
        };
        if (mapping is not MappingResult.Ready ready)
        {
            return expected;
        }

        try
        {
            var held = await job.LookAsync(ready, cancellationToken);
            expected = expected with
            {
                IsInOtmechalka = held.IsThere,
                Differences = held.Differences,
                OtmechalkaProblem = ProblemOf(held.Problem),
            };
            return action == SyncAction.Send && held.Problem is null
                ? Sending(expected, await job.OutcomeBySearchAsync(ready, cancellationToken))
                : expected;
        }
        catch (UnavailableException error)
        {
            return expected with { OtmechalkaProblem = Reasons.Of(error) };
        }
    }

    private static Preview Sending(Preview preview, Delivery? predicted) =>
        predicted?.Outcome switch
        {
            null => preview with { Action = preview.IsInOtmechalka == true ? PreviewAction.Update : PreviewAction.Create },
            RecordOutcome.Delivered => preview with { Action = PreviewAction.LeaveAlone },
            RecordOutcome.WaitsForClient => preview with { Action = PreviewAction.Wait, ExpectedStatus = predicted.Status },
            _ => preview with { ExpectedStatus = predicted.Status, OtmechalkaProblem = ProblemOf(predicted.Code) },
        };

    private static string? ProblemOf(string? code) => code is null ? null : OperationsStrings.Of("OtmechalkaOdd", Reasons.Of(code));

    private static string TextOf(MappingResult mapping) =>
        mapping switch
        {
            MappingResult.Invalid invalid => invalid.Status,
            MappingResult.Unreadable unreadable => unreadable.Status,
            _ => StatusLine.Success,
        };
}
