using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Runtime.Hosting;

/// <summary>Registration of storages.</summary>
public static class StorageProviderExtensions
{
    /// <summary>
    /// Adds a storage under <paramref name="name"/>; under the default name it also serves states that name none. A storage
    /// that takes part in the silo's stages is subscribed to them.
    /// </summary>
    public static IServiceCollection AddGrainStorage<T>(
        this IServiceCollection collection,
        string name,
        Func<IServiceProvider, string, T> implementationFactory)
        where T : IGrainStorage
    {
        collection.AddKeyedSingleton<IGrainStorage>(name, (services, key) => implementationFactory(services, (string)key!));
        if (name == ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            collection.TryAddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(name));
        if (typeof(ILifecycleParticipant<ISiloLifecycle>).IsAssignableFrom(typeof(T)))
        {
            collection.AddSingleton(services =>
                (ILifecycleParticipant<ISiloLifecycle>)services.GetRequiredKeyedService<IGrainStorage>(name));
        }

        return collection;
    }
}
