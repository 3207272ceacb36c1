using System.Text.Json.Nodes;
using B24Otmechalka.Core.Mapping;
using B24Otmechalka.Core.Operations;

namespace B24Otmechalka.Cli.Doctor;

/// <summary>What <c>doctor --json</c> prints.</summary>
internal static class DoctorJson
{
    public static JsonObject Of(DoctorReport report) =>
        new()
        {
            ["result"] = Word(report.Checks.Max(check => check.Result)),
            ["checks"] = new JsonArray([.. report.Checks.Select(Of)]),
            ["mapping"] = new JsonArray([.. report.Mapping.Select(Of)]),
        };

    private static string Word(CheckResult result) => result.ToString().ToLowerInvariant();

    private static JsonObject Of(Check check) =>
        new()
        {
            ["area"] = check.Area,
            ["check"] = check.Name,
            ["result"] = Word(check.Result),
            ["detail"] = check.Detail,
            ["advice"] = check.Advice,
        };

    private static JsonObject Of(MappedValue value) =>
        new()
        {
            ["record"] = value.Record,
            ["values"] = new JsonArray([
                .. value.Values.Select(one => new JsonObject
                {
                    ["field"] = one.Field,
                    ["id"] = one.Id,
                    ["label"] = one.Label,
                }),
            ]),
            ["targets"] = new JsonArray([.. value.Targets.Select(one => new JsonObject { ["name"] = one.Key, ["id"] = one.Value })]),
        };
}
