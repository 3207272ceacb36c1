using B24Otmechalka.Cli.Output;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Doctor;

/// <summary>Shows the checks to a person, each as it is made, then the mapping with its labels.</summary>
internal sealed class DoctorText(Screen screen) : IProgress<Check>
{
    private string? area;

    public void Report(Check value)
    {
        if (area != value.Area)
        {
            area = value.Area;
            screen.Heading(area);
        }

        Show(screen, value);
    }

    /// <summary>Shows one check.</summary>
    public static void Show(Screen screen, Check value)
    {
        var width = Enum.GetValues<CheckResult>().Max(result => Word(result).Length);
        screen.Wrapped(new Cell($"  {Word(value.Result).PadRight(width)}  ", ToneOf(value.Result)), $"{value.Name}: {value.Detail}");
        if (value.Advice is { Length: > 0 } advice)
        {
            screen.Wrapped($"  {new string(' ', width)}  → ", new Cell(advice, Tone.Caution));
        }
    }

    /// <summary>Shows the mapping and the sum.</summary>
    public void End(DoctorReport report)
    {
        if (report.Mapping.Count > 0)
        {
            screen.Heading(DoctorStrings.Of("MappingTitle"));
            screen.Table(
                [DoctorStrings.Of("Record"), DoctorStrings.Of("Bitrix24"), DoctorStrings.Of("Otmechalka")],
                [
                    .. report.Mapping.Select(value =>
                        (IReadOnlyList<Cell>)
                            [
                                JobWords.Record(JobArguments.One(value.Record)!.Value),
                                string.Join(" + ", value.Values.Select(Text)),
                                Targets(value),
                            ]
                    ),
                ]
            );
        }

        var counts = report.Checks.CountBy(check => check.Result).ToDictionary();
        screen.Line();
        screen.Line(
            new Cell(
                DoctorStrings.Of(
                    "Sum",
                    report.Checks.Count,
                    counts.GetValueOrDefault(CheckResult.Ok),
                    counts.GetValueOrDefault(CheckResult.Warning),
                    counts.GetValueOrDefault(CheckResult.Failure)
                ),
                ToneOf(report.Checks.Max(check => check.Result))
            )
        );
    }

    private static string Text(LabelledValue value) =>
        value.Id == "*"
            ? $"{Word(value.Field)} {Any(value.Label)}"
            : $"{Word(value.Field)} {value.Id} {(value.Label is null ? DoctorStrings.Of("LabelUnknown") : $"«{value.Label}»")}";

    private static string Any(string? label) => DoctorStrings.Of(label == "any other" ? "AnyOther" : "AnyOrNone");

    private static string Word(CheckResult result) => DoctorStrings.Of($"Result{result}");

    // The names of the mapping's parts are those of --json.
    private static string Word(string name) =>
        DoctorStrings.Of(
            name switch
            {
                "product" => "Product",
                "branch" => "Branch",
                "payment method" => "PaymentMethod",
                "course" => "Course",
                "branchoffice" => "BranchOffice",
                "selling_branchoffice" => "SellingBranchOffice",
                _ => "PaidBy",
            }
        );

    private static string Targets(MappedValue value) =>
        string.Join(
            ", ",
            value
                .Targets.GroupBy(target => target.Key)
                .Select(group => $"{Word(group.Key)} {string.Join(", ", group.Select(target => target.Value))}")
        );

    private static Tone ToneOf(CheckResult result) =>
        result switch
        {
            CheckResult.Ok => Tone.Good,
            CheckResult.Warning => Tone.Caution,
            _ => Tone.Bad,
        };
}
