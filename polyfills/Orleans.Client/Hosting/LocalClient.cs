using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Runtime.Hosting;

/// <summary>A client of a silo in the same process.</summary>
internal sealed class LocalClient(
    GatewayChoice gateway,
    IOptions<ClusterOptions> cluster,
    IEnumerable<IConfigurationValidator> validators,
    IServiceProvider services) : IClusterClient, IHostedService
{
    private IGrainFactory? _factory;

    public IServiceProvider ServiceProvider => services;

    private IGrainFactory Factory => _factory ?? throw new SiloUnavailableException("The client is not connected: its host is not running.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in validators) validator.ValidateConfiguration();
        while (_factory is null)
        {
            try
            {
                _factory = Find().Services.GetRequiredService<IGrainFactory>();
            }
            catch (OrleansConfigurationException fault) when (gateway.Retry is not null)
            {
                if (!await gateway.Retry(fault, cancellationToken)) throw;
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _factory = null;
        return Task.CompletedTask;
    }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => Factory.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => Factory.GetGrain(grainInterfaceType, grainPrimaryKey);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => Factory.GetGrain<TGrainInterface>(grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => Factory.CreateObjectReference<TGrainObserverInterface>(obj);

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => Factory.DeleteObjectReference<TGrainObserverInterface>(obj);

    private LocalSilo Find()
    {
        const string Package =
            "A silo in another process needs the package Microsoft.Orleans.Client and a clustering provider such as "
            + "Microsoft.Orleans.Clustering.AdoNet: build with -p:UpstreamPackages=true where the package registry serves them.";
        if (gateway.Port is not { } port)
            throw new OrleansConfigurationException($"No clustering was chosen: call UseLocalhostClustering for a silo in this process. {Package}");
        var (clusterId, serviceId) = (cluster.Value.ClusterId, cluster.Value.ServiceId);
        return LocalSilos.Find(clusterId, serviceId, port) ?? throw new OrleansConfigurationException(
            $"No silo of cluster \"{clusterId}\", service \"{serviceId}\", with gateway port {port} runs in this process. {Package}");
    }
}
