using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Measurements;

/// <summary>A whole run over new records: read, sent, status written back, all stored in an Azurite.</summary>
internal static class EndToEnd
{
    /// <summary>Deals have at most so many clients.</summary>
    private const int MostClients = 1_000;

    public static async Task RunContactsAsync(Bench bench, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        foreach (var count in Sizes(options))
        {
            await bench.AddAsync(
                $"{count:#,0} contacts",
                options.Runs,
                new Scenario { Contacts = count },
                Floor.Contacts(count),
                async sandbox =>
                    await Bench.MeasureAsync(
                        sandbox,
                        await OrderAsync(bench, sandbox, Worker.SyncContacts, cancellationToken),
                        (_, report) => CheckContacts(report, count),
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        var literal = options.IsQuick ? 60 : 1_000;
        await bench.AddAsync(
            $"{literal:#,0} contacts, the document literally",
            options.PeerRuns,
            new Scenario { Contacts = literal },
            Floor.OneByOne(literal + (literal / 50), 0.130),
            sandbox =>
                Bench.MeasureAsync(
                    sandbox,
                    new WorkOrder(Worker.LiteralSync, sandbox.Addresses),
                    (_, report) => CheckContacts(report, literal),
                    cancellationToken
                ),
            cancellationToken
        );
    }

    public static async Task RunDealsAsync(Bench bench, CancellationToken cancellationToken)
    {
        var options = bench.Options;
        foreach (var count in Sizes(options))
        {
            var clients = Math.Min(count, MostClients);
            await bench.AddAsync(
                $"{count:#,0} deals of 30 sellers",
                options.Runs,
                new Scenario { Contacts = clients, Deals = count },
                Floor.Deals(count),
                async sandbox =>
                {
                    var order = await OrderAsync(bench, sandbox, Worker.SyncContacts, cancellationToken);
                    await Bench.RunAsync(order, cancellationToken); // their clients, not measured
                    return await Bench.MeasureAsync(
                        sandbox,
                        order with
                        {
                            Task = Worker.SyncDeals,
                        },
                        (_, report) => CheckDeals(report, count),
                        cancellationToken
                    );
                },
                cancellationToken
            );
        }
    }

    private static int[] Sizes(BenchmarkOptions options) =>
        options.IsQuick ? [60]
        : options.WithLarge ? [1_000, 10_000]
        : [1_000];

    private static async Task<WorkOrder> OrderAsync(
        Bench bench,
        SandboxProcess sandbox,
        string task,
        CancellationToken cancellationToken
    ) => new(task, sandbox.Addresses) { Storage = await bench.StorageAsync(cancellationToken), Table = bench.NewTable() };

    private static IEnumerable<string> CheckContacts(SandboxReport report, int count)
    {
        if (report.Clients != count || report.Doubles > 0)
        {
            yield return $"{report.Clients} clients, {report.Doubles} twice";
        }

        if (report.SuccessfulContacts != count)
        {
            yield return $"{report.SuccessfulContacts} of {count} statuses";
        }
    }

    private static IEnumerable<string> CheckDeals(SandboxReport report, int count)
    {
        if (report.Tickets != count || report.Doubles > 0)
        {
            yield return $"{report.Tickets} tickets, {report.Doubles} twice";
        }

        if (report.SuccessfulDeals != count)
        {
            yield return $"{report.SuccessfulDeals} of {count} statuses";
        }
    }
}
