using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace B24Otmechalka.Core.Telemetry;

/// <summary>
/// The one meter and the one activity source of the product. Tags are names of jobs, systems and methods: never a URL, an ID
/// or a record's contents.
/// </summary>
public static class SyncTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "B24Otmechalka";

    /// <summary>Name of the activity source.</summary>
    public const string ActivitySourceName = "B24Otmechalka";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("b24otmechalka.requests", "{request}", "HTTP requests sent");
    private static readonly Histogram<double> RequestDuration = Meter.CreateHistogram<double>(
        "b24otmechalka.request.duration",
        "s",
        "Duration of one HTTP attempt"
    );
    private static readonly Counter<long> Throttles = Meter.CreateCounter<long>(
        "b24otmechalka.throttles",
        "{answer}",
        "Answers that ask to slow down"
    );
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(
        "b24otmechalka.records",
        "{record}",
        "Records handled, by outcome"
    );
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("b24otmechalka.runs", "{run}", "Runs, by outcome");
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>(
        "b24otmechalka.run.duration",
        "s",
        "Duration of one run"
    );
    private static readonly ConcurrentDictionary<(string Gauge, string Tag), double> Levels = new();

    static SyncTelemetry()
    {
        Gauge("b24otmechalka.statuses.owed", "{status}", "Status texts not yet taken by Bitrix24", "job");
        Gauge("b24otmechalka.records.waiting", "{record}", "Records waiting for another try", "job");
        Gauge("b24otmechalka.backlog.age", "s", "Age of the oldest change not yet carried over", "job");
        Gauge("b24otmechalka.operating.share", "1", "Share of a method's operating budget that is spent", "method");
        Gauge("b24otmechalka.clients.known", "{client}", "Clients delivered; otmechalka takes 5,000 active ones", "job");
    }

    internal static ActivitySource Activities { get; } = new(ActivitySourceName);

    internal static void Requested(string system, string method, TimeSpan duration)
    {
        var tags = new TagList { { "system", system.ToLowerInvariant() }, { "method", method } };
        Requests.Add(1, tags);
        RequestDuration.Record(duration.TotalSeconds, tags);
    }

    internal static void Throttled(string system) => Throttles.Add(1, new TagList { { "system", system.ToLowerInvariant() } });

    internal static void Handled(string job, string outcome, int count = 1) =>
        Records.Add(count, new TagList { { "job", job }, { "outcome", outcome } });

    internal static void Ran(string job, string outcome, double seconds)
    {
        var tags = new TagList { { "job", job }, { "outcome", outcome } };
        Runs.Add(1, tags);
        RunDuration.Record(seconds, tags);
    }

    internal static void OperatingShare(string method, double share) => Levels[("b24otmechalka.operating.share", method)] = share;

    /// <summary>
    /// How a job stands after a run. What the run could not know is not published until one knows it: a 0 would say that all is well.
    /// </summary>
    internal static void Backlog(string job, int? statusesOwed, int? waiting, double? ageSeconds, long? delivered)
    {
        Level("b24otmechalka.statuses.owed", job, statusesOwed);
        Level("b24otmechalka.records.waiting", job, waiting);
        Level("b24otmechalka.backlog.age", job, ageSeconds);
        if (job == "CONTACT_SYNC_JOB")
        {
            Level("b24otmechalka.clients.known", job, delivered);
        }
    }

    private static void Level(string gauge, string job, double? value)
    {
        if (value is { } known)
        {
            Levels[(gauge, job)] = known;
        }
        else
        {
            Levels.TryRemove((gauge, job), out _);
        }
    }

    private static void Gauge(string name, string unit, string description, string tag) =>
        Meter.CreateObservableGauge(
            name,
            () =>
                Levels
                    .Where(level => level.Key.Gauge == name)
                    .Select(level => new Measurement<double>(level.Value, new KeyValuePair<string, object?>(tag, level.Key.Tag))),
            unit,
            description
        );
}
