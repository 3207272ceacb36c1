using B24Otmechalka.Core.Telemetry;

namespace B24Otmechalka.Core.Http;

/// <summary>
/// Counts the requests of the current run (both jobs may run in one process, hence the asynchronous local) and feeds the
/// request metrics.
/// </summary>
internal sealed class RequestMeter
{
    private static readonly AsyncLocal<RequestMeter?> CurrentMeter = new();
    private int bitrix24;
    private int otmechalka;

    public const string Bitrix24 = "Bitrix24";
    public const string Otmechalka = "otmechalka";

    public int Bitrix24Requests => Volatile.Read(ref bitrix24);

    public int OtmechalkaRequests => Volatile.Read(ref otmechalka);

    /// <summary>Makes a new meter the current one of this asynchronous flow and of all that it starts.</summary>
    public static RequestMeter Begin() => CurrentMeter.Value = new RequestMeter();

    /// <summary>Counts one attempt at once; its duration is recorded when the result is disposed.</summary>
    public static IDisposable Start(string system, string method, TimeProvider time)
    {
        if (CurrentMeter.Value is { } meter)
        {
            _ = system == Bitrix24 ? Interlocked.Increment(ref meter.bitrix24) : Interlocked.Increment(ref meter.otmechalka);
        }

        return new Attempt(system, method, time, time.GetTimestamp());
    }

    /// <summary>A system asked to slow down.</summary>
    public static void Throttled(string system) => SyncTelemetry.Throttled(system);

    /// <summary>How much of a method's operating budget is spent, 1 for all of it.</summary>
    public static void OperatingShare(string method, double share) => SyncTelemetry.OperatingShare(method, share);

    private sealed record Attempt(string System, string Method, TimeProvider Time, long Started) : IDisposable
    {
        public void Dispose() => SyncTelemetry.Requested(System, Method, Time.GetElapsedTime(Started));
    }
}
