using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using B24Otmechalka.Core.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace B24Otmechalka.Functions;

/// <summary>
/// What is sent to Application Insights. No HTTP instrumentation: the webhook's token is part of the URL (docs/spec.md, section 7).
/// It knows nothing of the worker, so tests compile it too.
/// </summary>
internal static class Telemetry
{
    /// <summary>Listens to the jobs' metrics and spans.</summary>
    public static IOpenTelemetryBuilder AddJobs(this IOpenTelemetryBuilder builder) =>
        builder
            .WithMetrics(metrics => metrics.AddMeter(SyncTelemetry.MeterName))
            .WithTracing(traces => traces.AddSource(SyncTelemetry.ActivitySourceName));

    /// <summary>
    /// How often metrics are sent. The alerts look every fifteen minutes, and a point of a gauge costs as much when it tells the same as
    /// the one before; the exporter's own interval is a minute, five times the volume. What the worker has at its end is sent then.
    /// </summary>
    public static readonly TimeSpan MetricInterval = TimeSpan.FromMinutes(5);

    /// <summary>Sends everything, as the user-assigned identity when there is one.</summary>
    public static IOpenTelemetryBuilder Export(this IOpenTelemetryBuilder builder, string connectionString, string? clientId)
    {
        void Configure(AzureMonitorExporterOptions options) => Fill(options, connectionString, clientId);

        return builder
            .WithLogging(logging => logging.AddAzureMonitorLogExporter(Configure), options => options.IncludeFormattedMessage = true)
            .WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure))
            .WithMetrics(metrics =>
                metrics.AddReader(_ =>
                {
                    var options = new AzureMonitorExporterOptions();
                    Configure(options);
                    return new PeriodicExportingMetricReader(new AzureMonitorMetricExporter(options), (int)MetricInterval.TotalMilliseconds)
                    {
                        // Application Insights adds up: a sum since the start would be counted again with each point.
                        TemporalityPreference = MetricReaderTemporalityPreference.Delta,
                    };
                })
            );
    }

    private static void Fill(AzureMonitorExporterOptions options, string connectionString, string? clientId)
    {
        options.ConnectionString = connectionString;
        if (!string.IsNullOrEmpty(clientId))
        {
            options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
        }

        // Alerts are judged on these records: every one is kept, also when the host samples its traces.
        options.TracesPerSecond = null;
        options.SamplingRatio = 1;
        options.EnableTraceBasedLogsSampler = false;

        // Nobody watches these, and they would be most of what is ingested.
        options.EnableLiveMetrics = false;
        options.EnableStandardMetrics = false;
        options.EnablePerformanceCounters = false;
    }
}
