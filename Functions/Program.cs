using System.Text;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using B24Otmechalka.Core;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Core.Telemetry;
using B24Otmechalka.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

var builder = FunctionsApplication.CreateBuilder(args);

// The later source wins: first the mapping, then the environment, which may override each of its values.
_ = builder.Configuration["MAPPING_JSON"] is { Length: > 0 } mapping
    ? builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(mapping)))
    : builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "mapping.json"), optional: false);
builder.Configuration.AddEnvironmentVariables();

try
{
    builder.Services.AddB24Otmechalka(builder.Configuration);
}
catch (ConfigurationException error)
{
    // A worker that dies at start says little in Azure. So every tick fails instead, with the whole list in its exception.
    builder.Services.AddSingleton<SyncRunner>(_ => throw error);
}

builder.Services.AddSingleton<Tick>();

var telemetry = builder.Services.AddOpenTelemetry()
    .UseFunctionsWorkerDefaults()
    .WithMetrics(metrics => metrics.AddMeter(SyncTelemetry.MeterName))
    .WithTracing(traces => traces.AddSource(SyncTelemetry.ActivitySourceName));

if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection)
{
    telemetry.UseAzureMonitorExporter(options =>
    {
        options.ConnectionString = connection;
        if (builder.Configuration["AZURE_CLIENT_ID"] is { Length: > 0 } clientId)
            options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

        // Alerts are judged on these records: every one is kept, also when the host samples its traces.
        options.TracesPerSecond = null;
        options.SamplingRatio = 1;
        options.EnableTraceBasedLogsSampler = false;

        // Nobody watches these, and they would be most of what is ingested.
        options.EnableLiveMetrics = false;
        options.EnableStandardMetrics = false;
        options.EnablePerformanceCounters = false;
    });
}

await builder.Build().RunAsync();
