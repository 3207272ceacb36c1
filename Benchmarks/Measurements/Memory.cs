using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Measurements;

/// <summary>A whole run over a backlog with nothing to slow it down: the most it can hold in memory.</summary>
internal static class Memory
{
    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        foreach (
            var count in options.IsQuick ? [300]
            : options.WithLarge ? new[] { 20_000, 100_000 }
            : [20_000]
        )
        {
            await bench.AddAsync(
                $"{count:#,0} contacts",
                1,
                new Scenario { Contacts = count },
                Floor.None,
                async sandbox =>
                {
                    var order = new WorkOrder(Worker.SyncContacts, sandbox.Addresses)
                    {
                        Storage = await bench.StorageAsync(cancellationToken),
                        Table = bench.NewTable(),
                        IsUnlimited = true,
                    };
                    var result = await Bench.RunAsync(order, cancellationToken);
                    return Sample.Of(result, await sandbox.ReportAsync(cancellationToken), (_, report) => Check(report, count));
                },
                cancellationToken
            );
        }
    }

    private static IEnumerable<string> Check(SandboxReport report, int count)
    {
        if (report.Clients != count || report.Doubles > 0 || report.SuccessfulContacts != count)
        {
            yield return $"{report.Clients} clients, {report.Doubles} twice, {report.SuccessfulContacts} statuses";
        }
    }
}
