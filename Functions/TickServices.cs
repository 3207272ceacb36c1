using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace B24Otmechalka.Functions;

/// <summary>What the two functions need beside the product.</summary>
internal static class TickServices
{
    /// <summary>Registers ticks that end in order with the worker, and a worker that ends with its host.</summary>
    public static IServiceCollection AddTicks(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Tick>();
        services.AddSingleton<RunningTicks>();
        services.AddHostedService(provider => provider.GetRequiredService<RunningTicks>());
        services.AddHostedService<HostWatch>();
        return services;
    }
}
