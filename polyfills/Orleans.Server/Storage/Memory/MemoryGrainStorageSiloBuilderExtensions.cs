using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds storages in memory.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Adds the default storage, in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<MemoryGrainStorageOptions> configureOptions) =>
        builder.AddMemoryGrainStorageAsDefault(options => options.Configure(configureOptions));

    /// <summary>Adds the default storage, in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
        builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <summary>Adds a storage in memory under a name.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<MemoryGrainStorageOptions> configureOptions) =>
        builder.AddMemoryGrainStorage(name, options => options.Configure(configureOptions));

    /// <summary>Adds a storage in memory under a name.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
    {
        var services = builder.Services.AddGrainState();
        configureOptions?.Invoke(services.AddOptions<MemoryGrainStorageOptions>(name));
        services.AddTransient<
            IPostConfigureOptions<MemoryGrainStorageOptions>,
            DefaultStorageProviderSerializerOptionsConfigurator<MemoryGrainStorageOptions>>();
        services.AddGrainStorage(name, static (provider, key) => new MemoryGrainStorage(key, OptionsOf(provider, key)));
        return builder;
    }

    private static MemoryGrainStorageOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<MemoryGrainStorageOptions>>().Get(name);
}
