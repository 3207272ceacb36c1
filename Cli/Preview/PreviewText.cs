using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Operations;
using B24Otmechalka.Core.Sync;

namespace B24Otmechalka.Cli.Preview;

/// <summary>Shows a preview to a person: first the answer, then what it rests on.</summary>
internal sealed class PreviewText(Screen screen, DateTimeOffset now)
{
    public void Show(Core.Operations.Preview preview)
    {
        screen.Line(new Cell(JobWords.Record(preview.Job) + " " + preview.Id, Tone.Strong), new Cell("  " + preview.Link, Tone.Faint));
        foreach (var hindrance in preview.KeptOutBy)
        {
            screen.Line(new Cell("  " + PreviewStrings.Of("KeptOut", hindrance), Tone.Caution));
        }

        screen.Pairs(
            (PreviewStrings.Of("WouldBe"), new Cell(Action(preview), ToneOf(preview))),
            (PreviewStrings.Of("When"), preview.When),
            (PreviewStrings.Of("StatusNow"), preview.Status ?? OutputStrings.Of("Empty")),
            (PreviewStrings.Of("StatusThen"), preview.ExpectedStatus ?? OutputStrings.Of("Empty")),
            (PreviewStrings.Of("Mapping"), Mapping(preview)),
            (PreviewStrings.Of("Otmechalka"), Otmechalka(preview)),
            (PreviewStrings.Of("LastSent"), LastSent(preview)),
            (PreviewStrings.Of("Created"), Moment.Text(preview.Created)),
            (PreviewStrings.Of("Changed"), Moment.Text(preview.Modified)),
            (
                PreviewStrings.Of("Ledger"),
                preview.Ledger is { } entry ? LedgerText.Of(entry, now.ToOffset(preview.Modified.Offset)) : PreviewStrings.Of("NotHandled")
            )
        );
        screen.Heading(PreviewStrings.Of("ValuesTitle"));
        screen.Table(
            [PreviewStrings.Of("Column"), PreviewStrings.Of("Label"), PreviewStrings.Of("Value")],
            [
                .. preview.Values.Select(value =>
                    (IReadOnlyList<Cell>)
                        [
                            Column(value.Column),
                            value.Label,
                            value.Value is null ? new Cell(OutputStrings.Of("Empty"), Tone.Faint) : value.Value,
                        ]
                ),
            ]
        );
        if (preview.Payload.Count > 0)
        {
            screen.Heading(PreviewStrings.Of("PayloadTitle"));
            Payload(preview);
        }
    }

    private void Payload(Core.Operations.Preview preview)
    {
        var held = preview.Differences.ToDictionary(difference => difference.Name, difference => Join(difference.Held));
        var rows = preview
            .Payload.Select(field =>
                (IReadOnlyList<Cell>)
                    [
                        field.Name,
                        Join(field.Values),
                        held.TryGetValue(field.Name, out var other)
                            ? new Cell(other.Length == 0 ? OutputStrings.Of("Empty") : other, Tone.Caution)
                            : "",
                    ]
            )
            .ToList();
        if (held.Count > 0)
        {
            screen.Table([PreviewStrings.Of("Member"), PreviewStrings.Of("WouldBeSent"), PreviewStrings.Of("OtmechalkaHas")], rows);
        }
        else
        {
            screen.Table([PreviewStrings.Of("Member"), PreviewStrings.Of("WouldBeSent")], [.. rows.Select(row => row.Take(2).ToArray())]);
        }
    }

    private static string Action(Core.Operations.Preview preview) =>
        preview.Action switch
        {
            PreviewAction.Create => PreviewStrings.Of("ActionCreate"),
            PreviewAction.Update => PreviewStrings.Of("ActionUpdate"),
            PreviewAction.LeaveAlone => PreviewStrings.Of("ActionLeaveAlone"),
            PreviewAction.Wait => PreviewStrings.Of("ActionWait"),
            PreviewAction.Send => PreviewStrings.Of("ActionSend"),
            PreviewAction.WriteStatus => PreviewStrings.Of("ActionWriteStatus"),
            _ when preview.KeptOutBy.Count > 0 => PreviewStrings.Of("ActionNone"),
            _ when preview.Mapping == PreviewMapping.Invalid => PreviewStrings.Of("ActionUntilMended"),
            _ when preview.Ledger?.NextTry is not null => PreviewStrings.Of("ActionUntilTry"),
            _ => PreviewStrings.Of("ActionKnown"),
        };

    private static Tone ToneOf(Core.Operations.Preview preview) =>
        preview.Action switch
        {
            PreviewAction.Create or PreviewAction.Update or PreviewAction.LeaveAlone => Tone.Good,
            PreviewAction.Nothing => Tone.Plain,
            _ => Tone.Caution,
        };

    private static Cell Mapping(Core.Operations.Preview preview) =>
        preview.Mapping switch
        {
            PreviewMapping.Ready => PreviewStrings.Of("MappingReady"),
            PreviewMapping.OutOfScope => PreviewStrings.Of("MappingOutOfScope"),
            PreviewMapping.Invalid => new Cell(PreviewStrings.Of("MappingInvalid"), Tone.Bad),
            _ => new Cell(PreviewStrings.Of("MappingUnreadable"), Tone.Bad),
        };

    private static Cell Otmechalka(Core.Operations.Preview preview) =>
        preview switch
        {
            { OtmechalkaProblem: { } problem } => new Cell(problem, Tone.Bad),
            { IsInOtmechalka: true, Differences.Count: > 0 } => PreviewStrings.Of("HasOther", preview.Differences.Count),
            { IsInOtmechalka: true } => PreviewStrings.Of("Has"),
            { IsInOtmechalka: false } => PreviewStrings.Of("HasNot"),
            _ => "",
        };

    private static string LastSent(Core.Operations.Preview preview) =>
        preview.IsSameAsLastSent switch
        {
            true => PreviewStrings.Of("SentSame"),
            false => PreviewStrings.Of("SentOther"),
            null when preview.Mapping == PreviewMapping.Ready => PreviewStrings.Of("SentNothing"),
            _ => "",
        };

    // What a deal's mapping reads beside its card has no column.
    private static string Column(string name) =>
        name switch
        {
            "product row" => PreviewStrings.Of("ProductRow"),
            "seller" => PreviewStrings.Of("Seller"),
            _ => name,
        };

    private static string Join(IReadOnlyList<string> values) => string.Join(", ", values);
}
