using System.Diagnostics;

namespace B24Otmechalka.Benchmarks.Work;

/// <summary>The measured process itself.</summary>
internal static class Worker
{
    public const string Read = "read";
    public const string WriteStatuses = "statuses";
    public const string SyncContacts = "contacts";
    public const string SyncDeals = "deals";
    public const string LiteralRead = "literal-read";
    public const string LiteralStatuses = "literal-statuses";
    public const string LiteralSync = "literal-contacts";

    /// <summary>Does the work and reports it in one line.</summary>
    public static async Task<int> RunAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        var work = await PrepareAsync(order, cancellationToken);
        Console.WriteLine(Lines.Write(new WorkProcess.Ready(true)));
        await Console.In.ReadLineAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var result = await work();
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(
            Lines.Write(
                result with
                {
                    WallSeconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds,
                    CpuSeconds = self.TotalProcessorTime.TotalSeconds,
                    PeakMegabytes = self.PeakWorkingSet64 / 1048576d,
                }
            )
        );
        return 0;
    }

    private static async Task<Func<Task<WorkResult>>> PrepareAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        return order.Task switch
        {
            Read => () => ReadWork.RunAsync(order, cancellationToken),
            WriteStatuses => await StatusWork.PrepareAsync(order, cancellationToken),
            SyncContacts or SyncDeals => () => SyncWork.RunAsync(order, cancellationToken),
            LiteralRead => () => LiterallyAsync(document => document.ReadAsync(cancellationToken)),
            LiteralStatuses => () => LiterallyAsync(document => document.WriteAsync(cancellationToken)),
            LiteralSync => () => LiterallyAsync(document => document.SyncAsync(cancellationToken)),
            _ => throw new ArgumentException($"No such work: {order.Task}", nameof(order)),
        };

        async Task<WorkResult> LiterallyAsync(Func<LiteralDocument, Task<WorkResult>> work)
        {
            using var document = new LiteralDocument(order);
            return await work(document);
        }
    }
}
