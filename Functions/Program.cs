using System.Text;
using B24Otmechalka.Core;
using B24Otmechalka.Core.Sync;
using B24Otmechalka.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults().AddJobs();
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connectionString)
    telemetry.Export(connectionString, builder.Configuration["AZURE_CLIENT_ID"]);

await builder.Build().RunAsync();
