using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Runtime.Hosting;

/// <summary>Refuses what takes more than one silo.</summary>
internal static class SinglePlace
{
    private const string Packages =
        "Clusters of several silos need the packages Microsoft.Orleans.Server and a clustering provider such as "
        + "Microsoft.Orleans.Clustering.AdoNet: build with -p:UpstreamPackages=true where the package registry serves them.";

    public static void Verify(ClusteringChoice clustering, EndpointOptions endpoint)
    {
        if (!clustering.IsLocalhost)
        {
            throw new OrleansConfigurationException(
                $"No clustering was chosen: call UseLocalhostClustering for a single silo. {Packages}");
        }

        var own = new IPEndPoint(endpoint.AdvertisedIPAddress ?? IPAddress.Loopback, endpoint.SiloPort);
        if (clustering.Primary is { } primary && !primary.Equals(own))
            throw new OrleansConfigurationException($"The silo {own} cannot join the silo {primary}: this runtime has one process. {Packages}");
    }

    public static IDisposable Take(ClusterOptions cluster, EndpointOptions endpoint, IServiceProvider services)
    {
        var silo = new LocalSilo(cluster.ClusterId, cluster.ServiceId, endpoint.SiloPort, endpoint.GatewayPort, services);
        if (LocalSilos.TryAdd(silo) is not { } other) return new Place(silo);
        throw new OrleansConfigurationException(
            $"A silo of cluster \"{other.ClusterId}\" runs in this process with silo port {other.SiloPort} and gateway port "
            + $"{other.GatewayPort}; a second one, of cluster \"{silo.ClusterId}\" with ports {silo.SiloPort} and "
            + $"{silo.GatewayPort}, is refused. {Packages}");
    }

    private sealed class Place(LocalSilo silo) : IDisposable
    {
        public void Dispose() => LocalSilos.Remove(silo);
    }
}
