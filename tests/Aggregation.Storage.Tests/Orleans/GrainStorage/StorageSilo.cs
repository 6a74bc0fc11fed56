using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

/// <summary>A cluster of one silo in this process, with a grain storage named <c>main</c>.</summary>
internal sealed class StorageSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private StorageSilo(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    public static async Task<StorageSilo> StartAsync(Action<ISiloBuilder> configure)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => configure(silo));
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return new StorageSilo(cluster);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
