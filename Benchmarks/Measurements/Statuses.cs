using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Peers;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Measurements;

/// <summary>Writing a status to every contact, of which Bitrix24 refuses one in fifty.</summary>
internal static class Statuses
{
    private const int RefuseEvery = 50;

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        foreach (var count in options.IsQuick ? [100] : new[] { 500, 5_000 })
        {
            await bench.AddAsync(
                $"{count:#,0} statuses",
                options.Runs,
                Contacts(count),
                Floor.Statuses(count),
                async sandbox =>
                {
                    var order = new WorkOrder(Worker.WriteStatuses, sandbox.Addresses)
                    {
                        Storage = await bench.StorageAsync(cancellationToken),
                        Table = bench.NewTable(),
                    };
                    return await Bench.MeasureAsync(sandbox, order, (result, report) => Check(result, report, count), cancellationToken);
                },
                cancellationToken
            );
        }

        var peers = options.IsQuick ? 100 : 500;
        await bench.AddAsync(
            $"{peers:#,0} statuses, {JsSdk.Package} batchByChunk",
            options.PeerRuns,
            Contacts(peers),
            Floor.OneByOne(peers / 50, 50 * 0.030),
            async sandbox =>
            {
                await sandbox.ArmAsync(cancellationToken);
                var result = await JsSdk.RunAsync("update.mjs", sandbox.Addresses, peers, cancellationToken);
                return Sample.Of(result, await sandbox.ReportAsync(cancellationToken), (written, report) => Check(written, report, peers));
            },
            cancellationToken
        );
        await bench.AddAsync(
            $"{peers:#,0} statuses, the document literally",
            options.PeerRuns,
            Contacts(peers),
            Floor.OneByOne(peers, 0.030),
            sandbox =>
                Bench.MeasureAsync(
                    sandbox,
                    new WorkOrder(Worker.LiteralStatuses, sandbox.Addresses) { Records = peers },
                    (result, report) => Check(result, report, peers),
                    cancellationToken
                ),
            cancellationToken
        );
    }

    private static Scenario Contacts(int count) => new() { Contacts = count, RefuseEvery = RefuseEvery };

    private static IEnumerable<string> Check(WorkResult result, SandboxReport report, int count)
    {
        var refused = Enumerable.Range(1, count).Where(id => id % RefuseEvery == 0).Select(id => (long)id).ToHashSet();
        if (report.SuccessfulContacts != count - refused.Count)
        {
            yield return $"{report.SuccessfulContacts} of {count - refused.Count} written";
        }

        if (!refused.SetEquals(result.Failures) || result.Failures.Count != refused.Count)
        {
            yield return $"{result.Failures.Distinct().Count(refused.Contains)} of {refused.Count} refusals attributed to their own record";
        }
    }
}
