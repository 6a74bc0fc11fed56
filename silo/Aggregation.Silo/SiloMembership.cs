using System.Net;
using System.Net.Sockets;
using Aggregation.ServiceDefaults.Clustering;
using Aggregation.Storage.Postgres;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Aggregation.Silo;

/// <summary>Where a silo stands among others.</summary>
internal static class SiloMembership
{
    /// <summary>A member of the cluster that the options name, or one silo of its own on the loopback.</summary>
    public static ISiloBuilder AddMembership(this ISiloBuilder silo, ClusteringOptions cluster, SiloOptions options, bool takesClients)
    {
        var gatewayPort = takesClients ? options.GatewayPort : 0;
        if (!cluster.IsOn)
        {
            return silo.UseLocalhostClustering(options.Port == 0 ? FreePort() : options.Port, gatewayPort);
        }

        // Asked for by their options, so that what is wrong with them is told by key and rule before Orleans uses it.
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<SiloOptions>>((endpoint, own) =>
        {
            endpoint.SiloPort = own.Value.Port;
            endpoint.GatewayPort = gatewayPort;

            // Without an address Orleans takes the machine's own.
            if (own.Value.Address.Length > 0)
            {
                endpoint.AdvertisedIPAddress = IPAddress.Parse(own.Value.Address);
            }
        });
        return silo
            .Configure<ClusterOptions>(members =>
            {
                members.ClusterId = cluster.Id;
                members.ServiceId = ClusteringOptions.Service;
            })
            .UseAdoNetClustering((AdoNetClusteringSiloOptions members) =>
            {
                members.Invariant = GrainStorageConnection.Invariant;
                members.ConnectionString = GrainStorageConnection.From(cluster.ConnectionString);
            });
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
