using System.Globalization;
using B24Otmechalka.Benchmarks.Emulation;

namespace B24Otmechalka.Benchmarks.Report;

/// <summary>What the limits of both CRMs allow at best, whatever the client does.</summary>
/// <param name="Seconds">The time; <see langword="null"/> where no limit decides it.</param>
/// <param name="Formula">How it is computed.</param>
internal sealed record Floor(double? Seconds, string Formula)
{
    private const int Page = 50;
    private const int Burst = 50;
    private const int PerSecond = 2;
    private const int Concurrency = 4;

    public static Floor None { get; } = new(null, "");

    private static double RoundTrip => SandboxServer.RoundTrip.TotalSeconds;

    private static double List => SandboxServer.Latency.List.TotalSeconds;

    private static double Update => SandboxServer.Latency.Update.TotalSeconds;

    private static double Call => SandboxServer.OtmechalkaLatency.TotalSeconds;

    public static Floor Reading(int rows) =>
        new(
            Rate(ReadRequests(rows)) + RoundTrip + (Math.Min(Pages(rows), Page) * List),
            $"reading {Text(rows)}: ⌊n/50⌋+1 = {Text(Pages(rows))} pages, 50 in a request, {Text(ReadRequests(rows))} requests "
                + $"side by side: round trip + min(pages, 50) × list + max(0, requests − 50) / 2"
        );

    public static Floor Statuses(int count) =>
        new(
            Rate(2 * Batches(count)) + (2 * RoundTrip) + List + (Math.Min(count, Page) * Update),
            $"{Text(count)} statuses: each 50 are read again and written, 2 × ⌈n/50⌉ = {Text(2 * Batches(count))} requests side "
                + $"by side: 2 round trips + list + min(n, 50) × update + max(0, requests − 50) / 2"
        );

    public static Floor Contacts(int count) =>
        Largest($"{Text(count)} contacts", 2 * count, ReadRequests(count) + (2 * Batches(count)), "reading + 2 × ⌈n/50⌉ for statuses");

    public static Floor Deals(int count) =>
        Largest(
            $"{Text(count)} deals",
            2 * count,
            ReadRequests(count) + (3 * Batches(count)),
            "reading + ⌈n/50⌉ for product rows + 2 × ⌈n/50⌉ for statuses"
        );

    public static Floor Tick(int changed) =>
        changed == 0
            ? new Floor(RoundTrip + List, "nothing changed: round trip + list")
            : Largest($"{Text(changed)} changed", changed, ReadRequests(changed), "reading");

    /// <summary>For what is read by offsets or updated one by one.</summary>
    public static Floor OneByOne(int requests, double seconds) =>
        new(
            Math.Max(Rate(requests), requests * (RoundTrip + seconds)),
            $"{Text(requests)} requests one after another: the larger of requests × (round trip + command) and max(0, requests − 50) / 2"
        );

    private static Floor Largest(string what, int calls, int requests, string why)
    {
        var (send, ask) = (calls * Call / Concurrency, Rate(requests));
        return new Floor(
            Math.Max(send, ask),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: the larger of otmechalka's {calls} calls × 50 ms / {Concurrency} = {send:0.0} s and Bitrix24's "
                    + $"{requests} requests ({why}), max(0, requests − 50) / 2 = {ask:0.0} s"
            )
        );
    }

    private static int Pages(int rows) => (rows / Page) + 1;

    private static int ReadRequests(int rows) => (Pages(rows) + Page - 1) / Page;

    private static int Batches(int count) => (count + Page - 1) / Page;

    private static double Rate(int requests) => Math.Max(0, requests - Burst) / (double)PerSecond;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
