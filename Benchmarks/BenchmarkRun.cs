using B24Otmechalka.Benchmarks.Measurements;
using B24Otmechalka.Benchmarks.Report;

namespace B24Otmechalka.Benchmarks;

/// <summary>Runs the measurements that were asked for and prints their tables.</summary>
internal static class BenchmarkRun
{
    private static readonly IReadOnlyList<(string Name, string Title, Func<Bench, CancellationToken, Task> Run)> Measurements =
    [
        ("read", "Reading changed contacts", Reading.RunAsync),
        ("statuses", "Writing statuses back, 2 % of them refused", Statuses.RunAsync),
        ("contacts", "Contacts end to end", EndToEnd.RunContactsAsync),
        ("deals", "Won deals end to end", EndToEnd.RunDealsAsync),
        ("settled", "A tick", Settled.RunAsync),
        ("cold", "Cold start of the command line to its first request to Bitrix24", ColdStart.RunAsync),
        ("memory", "Memory over a backlog, without waiting", Memory.RunAsync),
    ];

    /// <returns>0; 1 when the end state of a run is wrong; 2 when the arguments are.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        BenchmarkOptions options;
        try
        {
            options = BenchmarkOptions.Parse(arguments);
            if (options.Names.FirstOrDefault(name => Measurements.All(known => known.Name != name)) is { } unknown)
            {
                throw new FormatException($"Not known: {unknown}\n\n{BenchmarkOptions.Usage}");
            }
        }
        catch (FormatException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }

        Console.WriteLine(Heading.Text(options));
        var isRight = true;
        foreach (var (name, title, run) in Measurements.Where(known => options.Names.Count == 0 || options.Names.Contains(known.Name)))
        {
            await Console.Error.WriteLineAsync($"{name}…");
            await using var bench = new Bench(options);
            await run(bench, cancellationToken);
            Console.WriteLine(Table.Text(title, bench.Rows));
            isRight &= bench.Rows.All(row => row.Problems.Count == 0);
        }

        return isRight ? 0 : 1;
    }
}
