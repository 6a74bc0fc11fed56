using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering and tracing of a silo.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Makes the silo a cluster of its own on this machine.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">Its port for silos; tells silos of one process apart.</param>
    /// <param name="gatewayPort">Its port for clients; by it a client of the same process finds the silo.</param>
    /// <param name="primarySiloEndpoint">The silo to join; only null, or this silo itself, works in one process.</param>
    /// <param name="serviceId">See <see cref="ClusterOptions.ServiceId"/>.</param>
    /// <param name="clusterId">See <see cref="ClusterOptions.ClusterId"/>.</param>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        var clustering = ((SiloBuilder)builder).Clustering;
        clustering.IsLocalhost = true;
        clustering.Primary = primarySiloEndpoint;
        builder.Services.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
        builder.Services.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = serviceId;
            options.ClusterId = clusterId;
        });
        return builder;
    }

    /// <summary>
    /// Carries <see cref="System.Diagnostics.Activity"/> along with calls, and makes a span for each call at the caller and
    /// one at the grain.
    /// </summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
    {
        ((SiloBuilder)builder).Tracing.IsOn = true;
        return builder;
    }
}
