using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Peers;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Measurements;

/// <summary>Reading all changed contacts, and nothing else.</summary>
internal static class Reading
{
    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        foreach (
            var count in options.IsQuick ? [1_200]
            : options.WithLarge ? new[] { 12_500, 100_000 }
            : [12_500]
        )
        {
            await bench.AddAsync(
                $"{count:#,0} contacts",
                options.Runs,
                new Scenario { Contacts = count },
                Floor.Reading(count),
                sandbox =>
                    Bench.MeasureAsync(
                        sandbox,
                        new WorkOrder(Worker.Read, sandbox.Addresses),
                        (result, _) => Check(result, count),
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        var peers = options.IsQuick ? 1_200 : 12_500;
        await bench.AddAsync(
            $"{peers:#,0} contacts, {JsSdk.Package} fetchList",
            options.PeerRuns,
            new Scenario { Contacts = peers },
            Floor.OneByOne((peers / 50) + 1, 0.040),
            async sandbox =>
            {
                await sandbox.ArmAsync(cancellationToken);
                var result = await JsSdk.RunAsync("read.mjs", sandbox.Addresses, peers, cancellationToken);
                return Sample.Of(
                    result,
                    await sandbox.ReportAsync(cancellationToken),
                    (read, _) => Check(read with { InOrder = true }, peers)
                );
            },
            cancellationToken
        );
        await bench.AddAsync(
            $"{peers:#,0} contacts, the document literally",
            options.PeerRuns,
            new Scenario { Contacts = peers },
            Floor.OneByOne(peers / 50, 0.080),
            sandbox =>
                Bench.MeasureAsync(
                    sandbox,
                    new WorkOrder(Worker.LiteralRead, sandbox.Addresses),
                    (result, _) => Check(result, peers),
                    cancellationToken
                ),
            cancellationToken
        );
    }

    private static IEnumerable<string> Check(WorkResult result, int count)
    {
        if (result.Records != count)
        {
            yield return $"{result.Records} of {count} read";
        }

        if (!result.InOrder)
        {
            yield return "out of order";
        }
    }
}
