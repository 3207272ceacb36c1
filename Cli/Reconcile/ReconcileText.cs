using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Cli.Sync;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Reconcile;

/// <summary>Shows a person how both CRMs compare.</summary>
internal static class ReconcileText
{
    /// <summary>More would not be read; <c>--json</c> has them all.</summary>
    private const int MostRows = 100;

    public static void Show(Screen screen, Reconciliation found)
    {
        screen.Line(new Cell(ReconcileStrings.Of("Title", JobWords.Records(found.Job)), Tone.Strong));
        screen.Pairs(
            (ReconcileStrings.Of("InBitrix24"), Text(found.Read)),
            (ReconcileStrings.Of("OutOfScope"), Text(found.OutOfScope)),
            (ReconcileStrings.Of("Invalid"), Text(found.Invalid)),
            (ReconcileStrings.Of("There"), new Cell(Text(found.There), Tone.Good)),
            (ReconcileStrings.Of("Waiting"), Text(found.Waiting)),
            (ReconcileStrings.Of("Missing"), Count(found, Comparison.Missing)),
            (ReconcileStrings.Of("Different"), Count(found, Comparison.Different)),
            (ReconcileStrings.Of("Unclear"), Count(found, Comparison.Unclear)),
            (ReconcileStrings.Of("UnknownToLedger"), Text(found.UnknownToLedger)),
            (ReconcileStrings.Of("UnknownToBitrix24"), List(found.UnknownToBitrix24)),
            (ReconcileStrings.Of("NotEligible"), List(found.NotEligibleAnyMore))
        );
        if (found.Discrepancies.Count > 0)
        {
            screen.Line();
            screen.Table(
                [
                    ReconcileStrings.Of("Id"),
                    ReconcileStrings.Of("Comparison"),
                    ReconcileStrings.Of("Fields"),
                    ReconcileStrings.Of("LastOutcome"),
                ],
                [.. found.Discrepancies.Take(MostRows).Select(Row)]
            );
        }

        if (found.Discrepancies.Count > MostRows)
        {
            screen.Line("  " + ReconcileStrings.Of("More", found.Discrepancies.Count - MostRows));
        }
    }

    private static IReadOnlyList<Cell> Row(Discrepancy one) =>
        [
            one.Id,
            new Cell(ReconcileStrings.Of($"One{one.Comparison}"), Tone.Caution),
            string.Join(", ", one.Fields),
            one.Ledger is { } outcome ? LedgerText.Outcome(outcome, one.Code) : ReconcileStrings.Of("NotHandled"),
        ];

    private static Cell Count(Reconciliation found, Comparison comparison)
    {
        var count = found.Discrepancies.Count(one => one.Comparison == comparison);
        return new Cell(Text(count), count == 0 ? Tone.Plain : Tone.Caution);
    }

    private static string List(IReadOnlyList<string> ids) =>
        Text(ids.Count) + (ids.Count == 0 ? "" : ": " + string.Join(' ', ids.Take(20)) + (ids.Count > 20 ? " …" : ""));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
