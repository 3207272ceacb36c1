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
        screen.Line(new Cell($"{SyncText.Name(found.Job)}: Bitrix24 and otmechalka", Tone.Strong));
        screen.Pairs(
            ("in Bitrix24", Text(found.Read)),
            ("out of scope", Text(found.OutOfScope)),
            ("break the format", Text(found.Invalid)),
            ("as they should be", new Cell(Text(found.There), Tone.Good)),
            ("waiting for their clients", Text(found.Waiting)),
            ("missing", Count(found, Comparison.Missing)),
            ("different", Count(found, Comparison.Different)),
            ("unclear", Count(found, Comparison.Unclear)),
            ("not handled by a run yet", Text(found.UnknownToLedger)),
            ("not in Bitrix24 any more", List(found.UnknownToBitrix24)),
            ("not eligible any more", List(found.NotEligibleAnyMore))
        );
        if (found.Discrepancies.Count > 0)
        {
            screen.Line();
            screen.Table(["ID", "compared", "members that differ", "last outcome"], [.. found.Discrepancies.Take(MostRows).Select(Row)]);
        }

        if (found.Discrepancies.Count > MostRows)
        {
            screen.Line(
                string.Create(CultureInfo.InvariantCulture, $"  … and {found.Discrepancies.Count - MostRows} more; --json has them all")
            );
        }
    }

    private static IReadOnlyList<Cell> Row(Discrepancy one) =>
        [
            one.Id,
            new Cell(one.Comparison.ToString().ToLowerInvariant(), Tone.Caution),
            string.Join(", ", one.Fields),
            (one.Ledger is { } outcome ? LedgerText.Word(outcome) : "no run has handled it yet")
                + (one.Code is null ? "" : $" ({one.Code})"),
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
