using System.Globalization;
using System.Text;

namespace B24Otmechalka.Benchmarks.Report;

/// <summary>Prints rows as a table in Markdown: medians, and the spread of the time.</summary>
internal static class Table
{
    public static string Text(string title, IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        text.AppendLine(
            "| what | runs | time, s | spread | floor, s | × floor | B24 requests | commands | B24 server, s | 503 | "
                + "otmechalka requests | CPU, s | peak, MB | end state |"
        );
        text.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var row in rows)
        {
            var wall = row.Median(sample => sample.Result.WallSeconds);
            string[] cells =
            [
                row.Name,
                Number(row.Samples.Count),
                Seconds(wall),
                Seconds(row.Samples.Min(sample => sample.Result.WallSeconds))
                    + "–"
                    + Seconds(row.Samples.Max(sample => sample.Result.WallSeconds)),
                row.Floor.Seconds is { } floor ? Seconds(floor) : "–",
                row.Floor.Seconds is { } least ? (wall / least).ToString("0.00", CultureInfo.InvariantCulture) : "–",
                Number(row.Median(sample => sample.Traffic.Requests)),
                Number(row.Median(sample => sample.Traffic.Commands)),
                Seconds(row.Median(sample => sample.Traffic.ServerSeconds)),
                Number(row.Samples.Max(sample => sample.Traffic.Refused)),
                Number(row.Median(sample => sample.Traffic.OtmechalkaRequests)),
                Seconds(row.Median(sample => sample.Result.CpuSeconds)),
                Number(row.Samples.Max(sample => sample.Result.PeakMegabytes)),
                (row.Problems.Count == 0 ? "right" : "**" + string.Join("; ", row.Problems) + "**")
                    + (row.Note.Length > 0 ? $"; {row.Note}" : ""),
            ];
            text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
        }

        var formulas = rows.Select(row => row.Floor.Formula).Where(formula => formula.Length > 0).Distinct().ToList();
        if (formulas.Count > 0)
        {
            text.AppendLine().AppendLine("Floors:").AppendLine();
            formulas.ForEach(formula => text.AppendLine(CultureInfo.InvariantCulture, $"- {formula}"));
        }

        return text.ToString();
    }

    private static string Seconds(double seconds) => seconds.ToString(seconds < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
