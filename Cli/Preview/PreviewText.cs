using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Preview;

/// <summary>Shows a preview to a person: first the answer, then what it rests on.</summary>
internal sealed class PreviewText(Screen screen, DateTimeOffset now)
{
    public void Show(Core.Operations.Preview preview)
    {
        screen.Line(new Cell($"{JobArguments.Word(preview.Job)} {preview.Id}", Tone.Strong), new Cell("  " + preview.Link, Tone.Faint));
        foreach (var hindrance in preview.KeptOutBy)
        {
            screen.Line(new Cell("  kept out by " + hindrance, Tone.Caution));
        }

        screen.Pairs(
            ("would be", new Cell(Action(preview), ToneOf(preview))),
            ("when", preview.When),
            ("status now", preview.Status ?? "(empty)"),
            ("status then", preview.ExpectedStatus ?? "(empty)"),
            ("mapping", Mapping(preview)),
            ("otmechalka", Otmechalka(preview)),
            ("last sent", LastSent(preview)),
            ("created", Moment.Text(preview.Created)),
            ("changed", Moment.Text(preview.Modified)),
            (
                "ledger",
                preview.Ledger is { } entry ? LedgerText.Of(entry, now.ToOffset(preview.Modified.Offset)) : "no run has handled it yet"
            )
        );
        screen.Heading("values read from Bitrix24");
        screen.Table(
            ["column", "label", "value"],
            [
                .. preview.Values.Select(value =>
                    (IReadOnlyList<Cell>)[value.Column, value.Label, value.Value is null ? new Cell("(empty)", Tone.Faint) : value.Value]
                ),
            ]
        );
        if (preview.Payload.Count > 0)
        {
            screen.Heading("what would be sent");
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
                        held.TryGetValue(field.Name, out var other) ? new Cell(other.Length == 0 ? "(empty)" : other, Tone.Caution) : "",
                    ]
            )
            .ToList();
        if (held.Count > 0)
        {
            screen.Table(["member", "would be sent", "otmechalka has"], rows);
        }
        else
        {
            screen.Table(["member", "would be sent"], [.. rows.Select(row => row.Take(2).ToArray())]);
        }
    }

    private static string Action(Core.Operations.Preview preview) =>
        preview.Action switch
        {
            PreviewAction.Create => "created in otmechalka",
            PreviewAction.Update => "changed in otmechalka",
            PreviewAction.LeaveAlone => "left alone: otmechalka has it already",
            PreviewAction.Wait => "kept waiting: its client is not in otmechalka",
            PreviewAction.Send => "sent to otmechalka",
            PreviewAction.WriteStatus => "given its status; nothing is sent",
            _ when preview.KeptOutBy.Count > 0 => "left as it is",
            _ when preview.Mapping == PreviewMapping.Invalid => "left as it is, until a person mends it",
            _ when preview.Ledger?.NextTry is not null => "left as it is, until its next try",
            _ => "left as it is: it is known so",
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
            PreviewMapping.Ready => "complete",
            PreviewMapping.OutOfScope => "out of scope: only unsupported products or branches",
            PreviewMapping.Invalid => new Cell("breaks the format, see the status", Tone.Bad),
            _ => new Cell("Bitrix24 does not give its details", Tone.Bad),
        };

    private static Cell Otmechalka(Core.Operations.Preview preview) =>
        preview switch
        {
            { OtmechalkaProblem: { } problem } => new Cell(problem, Tone.Bad),
            { IsInOtmechalka: true, Differences.Count: > 0 } => string.Create(
                CultureInfo.InvariantCulture,
                $"has it, with {preview.Differences.Count} other values"
            ),
            { IsInOtmechalka: true } => "has it",
            { IsInOtmechalka: false } => "does not have it",
            _ => "",
        };

    private static string LastSent(Core.Operations.Preview preview) =>
        preview.IsSameAsLastSent switch
        {
            true => "the same",
            false => "something else",
            null when preview.Mapping == PreviewMapping.Ready => "nothing",
            _ => "",
        };

    private static string Join(IReadOnlyList<string> values) => string.Join(", ", values);
}
