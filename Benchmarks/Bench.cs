using System.Globalization;
using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;
using B24Otmechalka.Sandbox.Azurite;

namespace B24Otmechalka.Benchmarks;

/// <summary>One measurement under way: its processes and the rows it has come to.</summary>
internal sealed class Bench(BenchmarkOptions options) : IAsyncDisposable
{
    private readonly List<Row> rows = [];
    private AzuriteProcess? azurite;
    private int tables;

    public BenchmarkOptions Options => options;

    public IReadOnlyList<Row> Rows => rows;

    /// <summary>The storage: a real Azurite, started when it is first wanted.</summary>
    public async Task<string> StorageAsync(CancellationToken cancellationToken) =>
        (
            azurite ??= await AzuriteProcess.StartAsync(new AzuriteOptions(IsIndexed: true), cancellationToken: cancellationToken)
        ).ConnectionString;

    /// <summary>The name of a table that nothing has used.</summary>
    public string NewTable() => "Benchmark" + (++tables).ToString(CultureInfo.InvariantCulture);

    /// <summary>Measures the same thing several times, each in fresh processes.</summary>
    public Task AddAsync(
        string name,
        int runs,
        Scenario scenario,
        Floor floor,
        Func<SandboxProcess, Task<Sample>> measure,
        CancellationToken cancellationToken
    ) =>
        AddAsync(
            name,
            runs,
            floor,
            async () =>
            {
                await using var sandbox = await SandboxProcess.StartAsync(scenario, cancellationToken);
                return await measure(sandbox);
            }
        );

    /// <summary>Measures the same thing several times.</summary>
    public async Task AddAsync(string name, int runs, Floor floor, Func<Task<Sample>> measure)
    {
        var samples = new List<Sample>();
        for (var i = 0; i < runs; i++)
        {
            samples.Add(await measure());
            await Console.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {name}: {samples[^1].Result.WallSeconds:0.00} s, {samples[^1].Traffic.Requests} requests "
                        + $"{string.Join(", ", samples[^1].Problems)}"
                )
            );
        }

        if (samples.Count > 0)
        {
            rows.Add(new Row(name, floor, samples));
        }
    }

    /// <summary>One process of the product, measured under the portal's limits.</summary>
    /// <param name="sandbox">The emulated CRMs.</param>
    /// <param name="order">What it does.</param>
    /// <param name="check">What is wrong with the end state.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Sample> MeasureAsync(
        SandboxProcess sandbox,
        WorkOrder order,
        Func<WorkResult, SandboxReport, IEnumerable<string>> check,
        CancellationToken cancellationToken
    )
    {
        await using var work = await WorkProcess.StartAsync(order, cancellationToken);
        await sandbox.ArmAsync(cancellationToken);
        return Sample.Of(await work.GoAsync(cancellationToken), await sandbox.ReportAsync(cancellationToken), check);
    }

    /// <summary>One process of the product whose speed does not matter.</summary>
    public static async Task<WorkResult> RunAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        await using var work = await WorkProcess.StartAsync(order, cancellationToken);
        return await work.GoAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }
}
