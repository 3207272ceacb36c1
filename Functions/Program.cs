using System.Collections;
using B24Otmechalka.Core;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = FunctionsApplication.CreateBuilder(args);

// The Functions tools bring local.settings.json into the environment, in Azure there is none.
var examined = new ConfigurationSources
{
    WorkingDirectory = Directory.GetCurrentDirectory(),
    ApplicationDirectory = AppContext.BaseDirectory,
    Environment = Environment
        .GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value)),
    ReadsLocalSettings = false,
}.Examine();

// A worker that dies at start says little in Azure. So with wrong settings every tick fails instead, with the whole list in its exception.
if (examined.Settings is { } settings)
{
    builder.Services.AddB24Otmechalka(settings);
}
else
{
    builder.Services.AddSingleton<SyncRunner>(_ => throw new ConfigurationException(examined.Problems));
}

builder.Services.AddTicks();

var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults().AddJobs();
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connectionString)
{
    telemetry.Export(connectionString, builder.Configuration["AZURE_CLIENT_ID"]);
}

var app = builder.Build();
StartLog.Tell(app.Services.GetRequiredService<ILogger<Tick>>(), examined.Warnings);
await app.RunAsync();
