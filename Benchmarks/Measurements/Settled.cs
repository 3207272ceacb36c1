using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Measurements;

/// <summary>
/// A tick, when everything has been carried over and few or no contacts have changed. The look-back is ten seconds and is
/// waited out between two runs, as the minutes between two ticks do it for the usual five minutes.
/// </summary>
internal static class Settled
{
    private static readonly TimeSpan LookBack = TimeSpan.FromSeconds(12);

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        var all =
            options.IsQuick ? 300
            : options.WithLarge ? 100_000
            : 10_000;
        await using var sandbox = await SandboxProcess.StartAsync(new Scenario { Contacts = all, HasStatus = true }, cancellationToken);
        var order = new WorkOrder(Worker.SyncContacts, sandbox.Addresses)
        {
            Storage = await bench.StorageAsync(cancellationToken),
            Table = bench.NewTable(),
            LookBack = "00:00:10",
        };
        await Bench.RunAsync(order, cancellationToken);
        var updates = 0;
        foreach (var changed in options.IsQuick ? [0, 10] : new[] { 0, 10, 500 })
        {
            await bench.AddAsync(
                $"{changed:#,0} of {all:#,0} changed",
                options.Runs,
                Floor.Tick(changed),
                async () =>
                {
                    await sandbox.DisarmAsync(cancellationToken);
                    await Task.Delay(LookBack, TimeProvider.System, cancellationToken);
                    await Bench.RunAsync(order, cancellationToken);
                    await sandbox.TouchAsync(changed, cancellationToken);
                    updates += changed;
                    return await Bench.MeasureAsync(sandbox, order, (_, report) => Check(report, all, updates), cancellationToken);
                }
            );
        }
    }

    private static IEnumerable<string> Check(SandboxReport report, int all, int updates)
    {
        if (report.Clients != all || report.Updates != updates)
        {
            yield return $"{report.Clients} of {all} clients, {report.Updates} of {updates} updates";
        }
    }
}
