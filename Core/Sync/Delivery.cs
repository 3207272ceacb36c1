using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Otmechalka;

namespace B24Otmechalka.Core.Sync;

/// <summary>What otmechalka did with a record that it took.</summary>
internal enum DeliveryChange
{
    /// <summary>It was created.</summary>
    Created,

    /// <summary>It was changed.</summary>
    Updated,

    /// <summary>It was there already and was left alone.</summary>
    Unchanged,
}

/// <summary>What sending a record came to.</summary>
/// <param name="Outcome">
/// <see cref="RecordOutcome.Delivered"/>, <see cref="RecordOutcome.Refused"/>, <see cref="RecordOutcome.Unclear"/> or <see
/// cref="RecordOutcome.WaitsForClient"/>.
/// </param>
internal sealed record Delivery(RecordOutcome Outcome)
{
    /// <summary>For a delivered record: what otmechalka did with it.</summary>
    public DeliveryChange Change { get; init; }

    /// <summary>For any other: the text for the status field.</summary>
    public string? Status { get; init; }

    /// <summary>For any other: a short code for the ledger and the logs, such as <c>HTTP 400</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Whether otmechalka answered with a 500: the record's own fault, unless the records beside it get one too.</summary>
    public bool IsServerError { get; init; }

    /// <summary>For an unclear create: how long the server may still be at it, so that a search could miss it.</summary>
    public TimeSpan MayArriveWithin { get; init; }

    /// <summary>For an unclear create: why otmechalka cannot be used any more in this run; <see langword="null"/> when it can.</summary>
    public UnavailableException? EndsRun { get; init; }

    /// <summary>For a record that waits for its client: the client's ID.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>For a record that waits for its client: when that client was last delivered, as known now.</summary>
    public DateTimeOffset? ClientWasDeliveredAt { get; init; }

    /// <summary>otmechalka has the record.</summary>
    public static Delivery Taken(DeliveryChange change) => new(RecordOutcome.Delivered) { Change = change };

    /// <summary>otmechalka refuses the record; <paramref name="reason"/> is told to the managers.</summary>
    public static Delivery Refused(string? reason, string? code) =>
        new(RecordOutcome.Refused) { Status = StatusLine.Of(DeliveryTexts.Refused + reason), Code = code };

    /// <summary>What an answer means for the record that was sent.</summary>
    /// <param name="answer">The answer to a create, an update or a search.</param>
    /// <param name="change">What otmechalka did, if it took the record.</param>
    /// <param name="otmechalkaTimeout">How long otmechalka may be at a request that it did not answer.</param>
    public static Delivery Of(OtmechalkaAnswer answer, DeliveryChange change, TimeSpan otmechalkaTimeout) =>
        answer.Verdict switch
        {
            OtmechalkaVerdict.Accepted => Taken(change),
            OtmechalkaVerdict.Unclear => new(RecordOutcome.Unclear)
            {
                Status = DeliveryTexts.Unclear,
                Code = answer.Code,
                MayArriveWithin = answer.MayStillArrive ? otmechalkaTimeout : TimeSpan.Zero,
                EndsRun = answer.Failure,
            },
            OtmechalkaVerdict.Failed => Refused(answer.Message, answer.Code) with { IsServerError = true },
            _ => Refused(answer.Message, answer.Code),
        };
}
