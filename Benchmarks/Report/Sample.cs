using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Report;

/// <summary>One run of a measurement.</summary>
/// <param name="Result">What the measured process tells.</param>
/// <param name="Traffic">What the emulated CRMs saw of it.</param>
/// <param name="Problems">What is wrong with the end state.</param>
internal sealed record Sample(WorkResult Result, SandboxReport Traffic, IReadOnlyList<string> Problems)
{
    public static Sample Of(WorkResult result, SandboxReport traffic, Func<WorkResult, SandboxReport, IEnumerable<string>> check) =>
        new(result, traffic, [.. result.Outcome is { } outcome ? (string[])[outcome] : [], .. check(result, traffic)]);
}

/// <summary>All runs of a measurement: a row of a table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Floor">What the limits allow at best.</param>
/// <param name="Samples">The runs.</param>
internal sealed record Row(string Name, Floor Floor, IReadOnlyList<Sample> Samples)
{
    public IReadOnlyList<string> Problems => [.. Samples.SelectMany(sample => sample.Problems).Distinct()];

    /// <summary>Something more to say in the last column.</summary>
    public string Note =>
        string.Join(
            "; ",
            Samples
                .Select(sample => sample.Result.StorageCalls)
                .Where(calls => calls > 0)
                .Distinct()
                .Order()
                .Take(1)
                .Select(calls => $"{calls} storage calls")
        );

    public double Median(Func<Sample, double> value)
    {
        var sorted = Samples.Select(value).Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
