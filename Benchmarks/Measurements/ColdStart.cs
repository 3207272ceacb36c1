using System.Diagnostics;
using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Report;
using B24Otmechalka.Benchmarks.Work;

namespace B24Otmechalka.Benchmarks.Measurements;

/// <summary>From starting the command line's process to its first request arriving at the portal.</summary>
internal static class ColdStart
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(Bench bench, CancellationToken cancellationToken) =>
        await bench.AddAsync(
            "b24sync sync contacts",
            bench.Options.Runs,
            new Scenario { Contacts = 1 },
            Floor.None,
            async sandbox =>
            {
                var order = new WorkOrder(Worker.SyncContacts, sandbox.Addresses)
                {
                    Storage = await bench.StorageAsync(cancellationToken),
                    Table = bench.NewTable(),
                };
                await sandbox.ArmAsync(cancellationToken);
                var start = new ProcessStartInfo(
                    "dotnet",
                    [Path.Combine(AppContext.BaseDirectory, "b24sync.dll"), "sync", "contacts", "--json"]
                )
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = Path.GetTempPath(),
                };
                foreach (var (name, value) in BenchmarkSettings.For(order))
                {
                    start.Environment[name] = value;
                }

                var started = TimeProvider.System.GetUtcNow();
                using var process = Process.Start(start) ?? throw new InvalidOperationException("The command line did not start.");
                var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
                var (peak, cpu) = (0d, 0d);
                while (!process.HasExited)
                {
                    try
                    {
                        process.Refresh();
                        (peak, cpu) = (
                            Math.Max(peak, process.PeakWorkingSet64 / 1048576d),
                            Math.Max(cpu, process.TotalProcessorTime.TotalSeconds)
                        );
                    }
                    catch (InvalidOperationException)
                    {
                        break; // it has just ended
                    }

                    await Task.Delay(Watch, TimeProvider.System, cancellationToken);
                }

                await process.WaitForExitAsync(cancellationToken);
                var report = await sandbox.ReportAsync(cancellationToken);
                var result = new WorkResult
                {
                    WallSeconds = ((report.FirstRequest ?? DateTimeOffset.MaxValue) - started).TotalSeconds,
                    CpuSeconds = cpu,
                    PeakMegabytes = peak,
                };
                return Sample.Of(
                    result,
                    report,
                    (_, state) => process.ExitCode == 0 && state.Clients == 1 ? [] : [$"exit code {process.ExitCode}"]
                );
            },
            cancellationToken
        );
}
