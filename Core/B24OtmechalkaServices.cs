using System.Net;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Checkpoints;
using B24Otmechalka.Core.Configuration;
using B24Otmechalka.Core.Contacts;
using B24Otmechalka.Core.Deals;
using B24Otmechalka.Core.Http;
using B24Otmechalka.Core.Otmechalka;
using B24Otmechalka.Core.Otmechalka.Conformance;
using B24Otmechalka.Core.Sync;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace B24Otmechalka.Core;

/// <summary>The composition of the product; each host calls it once.</summary>
public static class B24OtmechalkaServices
{
    /// <summary>The name of the client that repeats nothing and takes every answer as it is.</summary>
    internal const string ConformanceClient = "conformance";

    /// <summary>Registers everything; hosts then use <see cref="SyncRunner"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">All settings of docs/spec.md, section 3 and the mapping.</param>
    /// <exception cref="ConfigurationException">Something is wrong with them: all of it, by the settings' names.</exception>
    public static IServiceCollection AddB24Otmechalka(this IServiceCollection services, IConfiguration configuration) =>
        services.AddB24Otmechalka(SettingsReader.Read(configuration));

    /// <summary>Registers everything for settings that have been read already.</summary>
    public static IServiceCollection AddB24Otmechalka(this IServiceCollection services, Settings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(settings);
        services.AddSingleton(settings.ToMask());
        services.TryAddSingleton(new Jitter(new Random()));
        services.TryAddSingleton(OwnerNames.Random);
        services.AddSingleton(provider => new LeakyBucket(
            settings.Bitrix24.RequestsPerSecond,
            settings.Bitrix24.Burst,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<OperatingBudget>();
        services.AddTransient<Bitrix24Handler>();
        services.AddTransient<OtmechalkaHandler>();
        services.TryAddSingleton(_ => StorageConnection.Connect(settings.Storage, settings.Sync.TableName));
        services.AddSingleton(Fingerprints.KeyedBy(settings.Otmechalka.ApiKey));
        services.AddSingleton<JobStores>();
        services.AddSingleton(provider => Jobs(provider, settings));
        services.AddSingleton(provider => new SyncRunner(
            provider.GetRequiredService<JobFactory>(),
            provider.GetRequiredService<JobStores>(),
            provider.GetRequiredService<Bitrix24Client>(),
            settings.Sync,
            settings.Otmechalka.Concurrency,
            provider.GetRequiredService<Fingerprints>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SyncRunner>>()
        ));

        services
            .AddHttpClient<Bitrix24Client>(RequestMeter.Bitrix24, http => Configure(http, settings.Bitrix24.WebhookUrl))
            .AddBitrix24Retries()
            .AddHttpMessageHandler<Bitrix24Handler>()
            .AddAttempts(RequestMeter.Bitrix24, settings.Bitrix24.Timeout, AnswerLimits.Bitrix24);
        services
            .AddHttpClient<OtmechalkaClient>(
                RequestMeter.Otmechalka,
                http =>
                {
                    Configure(http, settings.Otmechalka.BaseUrl);
                    http.DefaultRequestHeaders.TryAddWithoutValidation(
                        settings.Otmechalka.AuthHeader,
                        $"{settings.Otmechalka.AuthScheme} {settings.Otmechalka.ApiKey}".Trim()
                    );
                }
            )
            .AddOtmechalkaRetries()
            .AddHttpMessageHandler<OtmechalkaHandler>()
            .AddAttempts(RequestMeter.Otmechalka, settings.Otmechalka.Timeout, AnswerLimits.Otmechalka);
        return services;
    }

    /// <summary>Registers <see cref="ConformanceRun"/>, which needs nothing but otmechalka's address and key.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">How otmechalka is reached.</param>
    public static IServiceCollection AddConformance(this IServiceCollection services, OtmechalkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(provider => new ConformanceRun(
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(ConformanceClient),
            options,
            provider.GetRequiredService<TimeProvider>()
        ));
        services
            .AddHttpClient(ConformanceClient, http => Configure(http, options.BaseUrl))
            .AddAttempts(RequestMeter.Otmechalka, options.Timeout, AnswerLimits.Otmechalka);
        return services;
    }

    private static void Configure(HttpClient http, string baseAddress)
    {
        http.BaseAddress = new Uri(baseAddress);
        http.Timeout = Timeout.InfiniteTimeSpan; // one attempt's time is AttemptHandler's matter
        http.DefaultRequestVersion = HttpVersion.Version11;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "B24Otmechalka/1.0");
    }

    private static void AddAttempts(this IHttpClientBuilder builder, string system, TimeSpan timeout, int mostBytes) =>
        builder
            .AddHttpMessageHandler(provider => new AttemptHandler(system, timeout, provider.GetRequiredService<TimeProvider>(), mostBytes))
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false, // a followed POST becomes a GET (docs/bitrix24.md, section 1)
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.All,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    // No activity and no trace header: both would carry the URL, and with it the webhook's token (docs/spec.md, section 7).
                    ActivityHeadersPropagator = null,
                }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // they log URLs

    // The one place that knows which jobs there are.
    private static JobFactory Jobs(IServiceProvider provider, Settings settings) =>
        new(
            new Dictionary<SyncJob, Func<JobDefinition>>
            {
                [SyncJob.Contacts] = () =>
                    new ContactJob(
                        provider.GetRequiredService<OtmechalkaClient>(),
                        settings.Contact,
                        settings.Sync,
                        settings.Otmechalka.Timeout
                    ),
                [SyncJob.Deals] = () =>
                    new DealJob(
                        provider.GetRequiredService<Bitrix24Client>(),
                        provider.GetRequiredService<OtmechalkaClient>(),
                        settings.Deal,
                        settings.Sync,
                        settings.Otmechalka.Timeout,
                        provider.GetRequiredService<JobStores>().Of(SyncJob.Contacts)
                    ),
            }
        );
}
