using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Operations.Why;

namespace B24Otmechalka.Cli.Why;

/// <summary>One or two sentences for each record: what has become of it, why, and what happens next.</summary>
/// <param name="story">All of the pupil.</param>
/// <param name="now">Our clock.</param>
internal sealed class FateText(PupilStory story, DateTimeOffset now)
{
    /// <summary>The sentences.</summary>
    public string Of(RecordFate fate) =>
        fate
            is {
                IsInOtmechalka: true,
                Kind: FateKind.CreatedTooEarly or FateKind.ChangedTooEarly or FateKind.OtherStage or FateKind.OutOfScope
            }
            ? WhyStrings.Of("HeldAnyway", Sentences(fate))
            : Sentences(fate);

    private string Sentences(RecordFate fate) =>
        fate.Kind switch
        {
            FateKind.CreatedTooEarly => WhyStrings.Of("CreatedTooEarly", WhyText.Day(fate.Card.Created), WhyText.Day(story.StartDate)),
            FateKind.OtherStage => WhyStrings.Of("OtherStage", fate.Stage ?? WhyStrings.Of("Empty"), string.Join("», «", fate.Stages)),
            FateKind.OutOfScope => WhyStrings.Of("OutOfScope", Chosen(fate)),
            FateKind.Invalid => WhyStrings.Of(fate.IsInOtmechalka == true ? "InvalidDelivered" : "Invalid", Problem(fate)),
            FateKind.Unreadable => WhyStrings.Of("Unreadable", NextTry(fate)),
            FateKind.Refused => WhyStrings.Of("Refused", Problem(fate), NextTry(fate)),
            FateKind.Unclear => WhyStrings.Of("Unclear", NextTry(fate)),
            FateKind.WaitsForClient => WhyStrings.Of("WaitsForClient", fate.Ledger?.WaitsFor),
            FateKind.Delivered when fate.IsTakenBack => WhyStrings.Of("DeliveredTakenBack", TakenAt(fate), fate.Stage),
            FateKind.Delivered when fate.Stage is not null => WhyStrings.Of("DeliveredDeal", TakenAt(fate)),
            FateKind.Delivered => WhyStrings.Of("Delivered", TakenAt(fate)),
            FateKind.DeliveredAndChanged => WhyStrings.Of("DeliveredAndChanged", TakenAt(fate)),
            FateKind.Vanished => WhyStrings.Of("Vanished", TakenAt(fate)),
            FateKind.ToBeSent when fate.IsInOtmechalka == true => WhyStrings.Of("ToBeSentFound"),
            FateKind.ToBeSent when fate.Stage is not null && IsContactAbsent => WhyStrings.Of("ToBeSentWaits", story.Contact?.Card.Id),
            FateKind.ToBeSent => WhyStrings.Of(fate.IsNext ? "ToBeSent" : "ReadyLater"),
            FateKind.Template => WhyStrings.Of("Template"),
            _ => WhyStrings.Of("ChangedTooEarly"),
        };

    // A ticket is not created before its client is there.
    private bool IsContactAbsent =>
        story.Contact is { IsInOtmechalka: not true, Kind: not (FateKind.Delivered or FateKind.DeliveredAndChanged or FateKind.ToBeSent) };

    /// <summary>How the sentences are meant.</summary>
    public static Tone ToneOf(FateKind kind) =>
        kind switch
        {
            FateKind.Delivered => Tone.Good,
            FateKind.Invalid or FateKind.Refused or FateKind.Unreadable or FateKind.Vanished => Tone.Bad,
            _ => Tone.Caution,
        };

    private static string Problem(RecordFate fate) => (fate.Problem ?? fate.Card.Status ?? WhyStrings.Of("Empty")).TrimEnd('.');

    private static string Chosen(RecordFate fate) =>
        string.Join("; ", fate.Values.Select(value => $"{value.Label ?? value.Column}: {value.Value ?? WhyStrings.Of("NotFilledIn")}"));

    private string TakenAt(RecordFate fate) =>
        fate.Ledger?.DeliveredAt is { } taken ? WhyStrings.Of("TakenAt", WhyText.Day(taken.ToOffset(story.StartDate.Offset))) : "";

    private string NextTry(RecordFate fate) =>
        fate.Ledger?.NextTry is { } next
            ? WhyStrings.Of("NextTry", next <= now ? WhyStrings.Of("WithTheNextRun") : Moment.Ago(next, now))
            : "";
}
