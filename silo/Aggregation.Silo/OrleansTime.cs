using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aggregation.Silo;

/// <summary>What Orleans measures time by.</summary>
internal static class OrleansTime
{
    /// <summary>
    /// Gives Orleans <see cref="SteadyTime"/>. It asks for a clock by a key per area (<c>TimeProviderNames</c>), waits for times of day and refuses to
    /// collect activations earlier than before: by a clock that was set back, no ledger would wake, and no dead silo be noticed, until the
    /// old time came again. Entries, deadlines and everything else of this product goes by the machine's clock, which has no key.
    /// </summary>
    public static IServiceCollection AddSteadyTimeForOrleans(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);

        // One clock for all keys: what one area notes another compares with its own.
        services.TryAddSingleton(static provider => new SteadyTime(provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, static (provider, _) => provider.GetRequiredService<SteadyTime>());
        return services;
    }
}
