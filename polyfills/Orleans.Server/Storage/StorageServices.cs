using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>What every silo has of storage: the facet and the general serializer.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddGrainState(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton<IPersistentStateFactory, PersistentStateFactory>();
        services.TryAddSingleton<IGrainStorageSerializer, JsonStateSerializer>();
        return services;
    }
}
