using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace B24Otmechalka.Core.Inspection;

/// <summary>The operator's questions and the edits of the ledger, beside <see cref="B24OtmechalkaServices"/>.</summary>
public static class InspectionServices
{
    /// <summary>Registers them; hosts call it after <see cref="B24OtmechalkaServices.AddB24Otmechalka(IServiceCollection, Settings)"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">The same settings.</param>
    public static IServiceCollection AddInspection(this IServiceCollection services, Settings settings)
    {
        services.TryAddSingleton(provider => new StorageProbe(table => StorageConnection.Connect(settings.Storage, table), provider.GetRequiredService<TimeProvider>()));
        services.AddTransient(provider => new PortalQuestions(provider.GetRequiredService<Bitrix24Client>()));
        services.AddTransient(provider => new Doctor(
            new StorageExamination(provider.GetRequiredService<JobStores>(), provider.GetRequiredService<StorageProbe>()),
            provider.GetRequiredService<PortalQuestions>(),
            new OtmechalkaExamination(provider.GetRequiredService<IHttpClientFactory>(), settings),
            settings,
            provider.GetRequiredService<TimeProvider>()));
        services.AddTransient(provider => new Previewer(provider, settings));
        services.AddTransient(provider => new StatusReader(provider, settings));
        services.AddTransient(provider => new LedgerEditor(provider.GetRequiredService<JobStores>(), settings, provider.GetRequiredService<TimeProvider>()));
        services.AddTransient(provider => new Reconciler(provider, settings));
        services.AddSingleton(new CardLinks(settings));
        return services;
    }
}
