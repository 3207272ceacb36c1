using System.Text.Json.Nodes;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Otmechalka.Conformance;

namespace B24Otmechalka.Cli.Conformance;

/// <summary>What <c>conformance --json</c> prints: codes, and their texts in English as with every command.</summary>
internal static class ConformanceJson
{
    public static JsonObject Of(ConformanceReport report, OtmechalkaOptions options, ConformanceOptions sent) =>
        new()
        {
            ["result"] = ResultOf(report),
            ["reason"] = report.Reason,
            ["address"] = options.BaseUrl,
            ["prefix"] = ConformanceOptions.Prefix + sent.Run,
            ["requests"] = report.Requests,
            ["lost"] = report.Lost,
            ["slowestSeconds"] = Math.Round(report.Slowest.TotalSeconds, 3),
            ["checks"] = new JsonArray([.. report.Findings.Select(Of)]),
            ["created"] = new JsonArray([
                .. report.Created.Select(record => new JsonObject
                {
                    ["kind"] = record.Kind,
                    ["originId"] = record.OriginId,
                    ["id"] = record.Id,
                }),
            ]),
        };

    private static string ResultOf(ConformanceReport report) =>
        report.End switch
        {
            ConformanceEnd.Unavailable => "unavailable",
            ConformanceEnd.Declined => "declined",
            ConformanceEnd.Cancelled => "cancelled",
            ConformanceEnd.Stopped => "broken",
            _ => Word(report.Findings.Max(finding => finding.Conformity)),
        };

    private static string Word(Conformity conformity) =>
        conformity switch
        {
            Conformity.Kept => "kept",
            Conformity.Skipped => "notChecked",
            Conformity.Differs => "differs",
            _ => "broken",
        };

    private static JsonObject Of(Finding finding) =>
        new()
        {
            ["check"] = finding.Check,
            ["field"] = finding.Field,
            ["result"] = Word(finding.Conformity),
            ["severity"] = finding.IsBroken ? finding.Conformity.ToString().ToLowerInvariant() : null,
            ["deviation"] = finding.Deviation?.Code,
            ["title"] = ConformanceStrings.Check(finding.Check),
            ["problem"] = finding.Deviation is { } one ? ConformanceStrings.Deviation(one.Code) : null,
            ["means"] = finding.Deviation is { } other ? ConformanceStrings.Meaning(other.Code) : null,
            ["seen"] = finding.Evidence,
        };
}
