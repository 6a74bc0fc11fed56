using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Storage;

/// <summary>Makes storages on ADO.NET.</summary>
public static class AdoNetGrainStorageFactory
{
    /// <summary>The storage that the options named <paramref name="name"/> describe.</summary>
    public static AdoNetGrainStorage Create(IServiceProvider services, string name) => new(
        Options.Create(services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(name)),
        services.GetRequiredService<IOptions<ClusterOptions>>(),
        name);
}
