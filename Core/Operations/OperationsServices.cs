using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Operations.Setup;
using B24Otmechalka.Core.Operations.Why;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace B24Otmechalka.Core.Operations;

/// <summary>What an operator asks and does, beside <see cref="B24OtmechalkaServices"/>.</summary>
public static class OperationsServices
{
    /// <summary>
    /// Registers it; hosts call it after <see cref="B24OtmechalkaServices.AddB24Otmechalka(IServiceCollection, Settings)"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">The same settings.</param>
    public static IServiceCollection AddOperations(this IServiceCollection services, Settings settings)
    {
        services.TryAddSingleton(provider => new StorageProbe(
            table => StorageConnection.Connect(settings.Storage, table),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddTransient<PortalQuestions>();
        services.AddTransient<StorageExamination>();
        services.AddTransient<OtmechalkaExamination>();
        services.AddTransient<Doctor>();
        services.AddTransient<SetupQuestions>();
        services.AddTransient<Previewer>();
        services.AddTransient<StatusReader>();
        services.AddTransient<PupilReader>();
        services.AddTransient<FailingCards>();
        services.AddTransient<SamePupils>();
        services.AddTransient<LedgerEditor>();
        services.AddTransient<Reconciler>();
        services.AddTransient<CardLinks>();
        services.AddTransient<CardFaces>();
        return services;
    }
}
