using System.Globalization;
using System.Runtime.InteropServices;
using B24Otmechalka.Benchmarks.Emulation;
using B24Otmechalka.Benchmarks.Peers;

namespace B24Otmechalka.Benchmarks.Report;

/// <summary>What the tables were measured on and under.</summary>
internal static class Heading
{
    public static string Text(BenchmarkOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Benchmarks

            {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores{(
                options.IsQuick ? ". Quick: sizes too small to tell anything" : ""
            )}.
            Both CRMs emulated over real HTTP on loopback in a process of their own, with Bitrix24's published limits enforced
            (2 requests/s, burst 50, 50 commands in a batch)
            and really waiting: list {Ms(SandboxServer.Latency.List)}, with a count {Ms(
                SandboxServer.Latency.List + SandboxServer.Latency.Counting
            )}, update {Ms(SandboxServer.Latency.Update)}, product rows {Ms(SandboxServer.Latency.Get)},
            round trip {Ms(SandboxServer.RoundTrip)}; otmechalka {Ms(
                SandboxServer.OtmechalkaLatency
            )}, 4 calls at a time; storage: a real Azurite, with an index by key.
            Each run in a process of its own; times are medians; CPU and memory are the measured process's.
            Peers: `{JsSdk.Name}` at its best documented use, and the school's document taken literally
            (one record, one request).

            """
        );

    private static string Ms(TimeSpan time) => time.TotalMilliseconds.ToString("0 ms", CultureInfo.InvariantCulture);
}
