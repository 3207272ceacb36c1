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
        AddInternal<Doctor>(
            services,
            provider => new Doctor(
                provider.GetRequiredService<StorageExamination>(),
                provider.GetRequiredService<PortalQuestions>(),
                provider.GetRequiredService<OtmechalkaExamination>(),
                provider.GetRequiredService<JobFactory>(),
                settings,
                provider.GetRequiredService<TimeProvider>()
            )
        );
        AddInternal<SetupQuestions>(
            services,
            provider => new SetupQuestions(
                provider.GetRequiredService<PortalQuestions>(),
                provider.GetRequiredService<OtmechalkaExamination>(),
                provider.GetRequiredService<StorageExamination>(),
                provider.GetRequiredService<JobFactory>(),
                settings,
                provider.GetRequiredService<TimeProvider>()
            )
        );
        AddInternal<Previewer>(
            services,
            provider => new Previewer(Jobs(provider), Stores(provider), Client(provider), settings, Key(provider), Time(provider))
        );
        AddInternal<StatusReader>(
            services,
            provider => new StatusReader(Jobs(provider), Stores(provider), Client(provider), settings, Key(provider), Time(provider))
        );
        AddInternal<PupilReader>(
            services,
            provider => new PupilReader(Jobs(provider), Stores(provider), Client(provider), settings, Key(provider), Time(provider))
        );
        AddInternal<FailingCards>(services, provider => new FailingCards(Jobs(provider), Client(provider), settings));
        AddInternal<SamePupils>(services, provider => new SamePupils(Jobs(provider), Stores(provider), Client(provider), settings));
        AddInternal<LedgerEditor>(
            services,
            provider => new LedgerEditor(Jobs(provider), Stores(provider), Client(provider), settings, Key(provider), Time(provider))
        );
        AddInternal<Reconciler>(
            services,
            provider => new Reconciler(Jobs(provider), Stores(provider), Client(provider), settings, Time(provider))
        );
        AddInternal<CardLinks>(services, provider => new CardLinks(settings, Jobs(provider)));
        return services;
    }

    // Their constructors are internal, because what they take is.
    private static void AddInternal<T>(IServiceCollection services, Func<IServiceProvider, T> create)
        where T : class => services.AddTransient(create);

    private static JobFactory Jobs(IServiceProvider provider) => provider.GetRequiredService<JobFactory>();

    private static JobStores Stores(IServiceProvider provider) => provider.GetRequiredService<JobStores>();

    private static Bitrix24Client Client(IServiceProvider provider) => provider.GetRequiredService<Bitrix24Client>();

    private static Fingerprints Key(IServiceProvider provider) => provider.GetRequiredService<Fingerprints>();

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
