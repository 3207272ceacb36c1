using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Otmechalka.Conformance;

namespace B24Otmechalka.Cli.Conformance;

/// <summary>Shows the report to a person: the worst first, what is in order last and short.</summary>
internal sealed class ConformanceText(Screen screen)
{
    public void Show(ConformanceReport report, string address, ConformanceOptions sent)
    {
        screen.Line(new Cell(ConformanceStrings.Of("Title", address), Tone.Strong));
        foreach (var group in report.Findings.GroupBy(finding => finding.Conformity).OrderByDescending(group => group.Key))
        {
            ShowGroup(group.Key, [.. group], isListed: group.Key != Conformity.Skipped || report.End == ConformanceEnd.Complete);
        }

        ShowCreated(report);
        screen.Line();
        screen.Line(new Cell(End(report), IsGood(report) ? Tone.Good : Tone.Bad), " " + Sum(report), $" ({sent.Run})");
    }

    private static bool IsGood(ConformanceReport report) =>
        report.End == ConformanceEnd.Complete && !report.Findings.Any(finding => finding.IsBroken);

    // Where a run ended early, nearly everything was not looked at: the number says enough.
    private void ShowGroup(Conformity conformity, List<Finding> findings, bool isListed)
    {
        var points = findings.GroupBy(finding => (finding.Check, finding.Deviation?.Code)).ToList();
        screen.Heading(ConformanceStrings.Of($"Heading{conformity}", points.Count));
        foreach (var point in isListed ? points : [])
        {
            screen.Line(new Cell("  " + ConformanceStrings.Check(point.Key.Check), ToneOf(conformity)));
            if (point.Key.Code is not { } code)
            {
                continue;
            }

            screen.Line(new Cell("    " + ConformanceStrings.Deviation(code), Tone.Strong));
            screen.Pairs(
                ("  " + ConformanceStrings.Of("Fields"), string.Join(", ", point.Select(finding => finding.Field).OfType<string>())),
                ("  " + ConformanceStrings.Of("Seen"), point.First().Evidence),
                ("  " + ConformanceStrings.Of("Means"), ConformanceStrings.Meaning(code))
            );
        }
    }

    private void ShowCreated(ConformanceReport report)
    {
        screen.Heading(report.Created.Count == 0 ? ConformanceStrings.Of("NothingCreated") : ConformanceStrings.Of("CreatedHeading"));
        foreach (var record in report.Created)
        {
            var originId = record.OriginId.Length == 0 ? ConformanceStrings.Of("NoOriginId") : record.OriginId;
            screen.Line($"  {record.Kind, -6}  {originId}  id {record.Id}");
        }
    }

    private static string End(ConformanceReport report) =>
        report.End == ConformanceEnd.Complete
            ? ConformanceStrings.Of(IsGood(report) ? "EndKept" : "EndBroken")
            : ConformanceStrings.Of($"End{report.End}", report.Reason);

    private static string Sum(ConformanceReport report) =>
        ConformanceStrings.Of(
            "Sum",
            report.Requests,
            report.Lost,
            report.Slowest.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)
        );

    private static Tone ToneOf(Conformity conformity) =>
        conformity switch
        {
            Conformity.Kept => Tone.Good,
            Conformity.Skipped => Tone.Faint,
            Conformity.Differs or Conformity.Minor => Tone.Caution,
            _ => Tone.Bad,
        };
}
