using B24Otmechalka.Core.Tests.Testing;

namespace B24Otmechalka.Core.Tests.Functions.Worker;

/// <summary>The settings of the app as the real host hands them over: environment variables.</summary>
internal static class WorkerSettings
{
    /// <param name="settings">By their configuration paths, as <see cref="TestSettings"/> has them.</param>
    /// <param name="ingestion">Where telemetry goes; <see langword="null"/>: nowhere.</param>
    public static Dictionary<string, string?> Environment(IReadOnlyDictionary<string, string?> settings, Ingestion? ingestion = null)
    {
        var environment = settings.ToDictionary(
            setting => setting.Key.Replace(":", "__", StringComparison.Ordinal),
            setting => setting.Value
        );
        environment["CONTACT_SYNC_SCHEDULE"] = environment["DEAL_SYNC_SCHEDULE"] = "0 */5 * * * *";
        environment["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true"; // it would call home
        environment["APPLICATIONINSIGHTS_CONNECTION_STRING"] = ingestion?.ConnectionString;
        return environment;
    }
}
