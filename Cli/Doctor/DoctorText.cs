using System.Globalization;
using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Doctor;

/// <summary>Shows the checks to a person, each as it is made, then the mapping with its labels.</summary>
internal sealed class DoctorText(Screen screen) : IProgress<Check>
{
    private string? area;

    /// <summary>The word for a result, in text and JSON.</summary>
    public static string Word(CheckResult result) =>
        result switch
        {
            CheckResult.Ok => "ok",
            CheckResult.Warning => "warning",
            _ => "failure",
        };

    public void Report(Check value)
    {
        if (area != value.Area)
        {
            area = value.Area;
            screen.Heading(area);
        }

        screen.Line(new Cell($"  {Word(value.Result), -8}  ", ToneOf(value.Result)), value.Name + ": ", value.Detail);
        if (value.Advice is { Length: > 0 } advice)
        {
            screen.Line(new Cell("            → " + advice, Tone.Caution));
        }
    }

    /// <summary>Shows the mapping and the sum.</summary>
    public void End(DoctorReport report)
    {
        if (report.Mapping.Count > 0)
        {
            screen.Heading("mapping: Bitrix24 → otmechalka");
            screen.Table(
                ["record", "Bitrix24", "otmechalka"],
                [
                    .. report.Mapping.Select(value =>
                        (IReadOnlyList<Cell>)[value.Record, string.Join(" + ", value.Values.Select(Text)), Targets(value)]
                    ),
                ]
            );
        }

        var counts = report.Checks.CountBy(check => check.Result).ToDictionary();
        screen.Line();
        screen.Line(
            new Cell(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Checks.Count} checks: {counts.GetValueOrDefault(CheckResult.Ok)} ok, "
                        + $"{counts.GetValueOrDefault(CheckResult.Warning)} warnings, "
                        + $"{counts.GetValueOrDefault(CheckResult.Failure)} failures"
                ),
                ToneOf(report.Checks.Max(check => check.Result))
            )
        );
    }

    private static string Text(LabelledValue value) =>
        value.Id == "*"
            ? $"{value.Field} {value.Label}"
            : $"{value.Field} {value.Id}{(value.Label is null ? " (label unknown)" : $" «{value.Label}»")}";

    private static string Targets(MappedValue value) =>
        string.Join(
            ", ",
            value
                .Targets.GroupBy(target => target.Key)
                .Select(group => $"{group.Key} {string.Join(", ", group.Select(target => target.Value))}")
        );

    private static Tone ToneOf(CheckResult result) =>
        result switch
        {
            CheckResult.Ok => Tone.Good,
            CheckResult.Warning => Tone.Caution,
            _ => Tone.Bad,
        };
}
