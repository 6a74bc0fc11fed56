using Aggregation.ServiceDefaults.Clustering;
using Orleans.Configuration;

namespace Aggregation.Gateway.Endpoints;

/// <summary>How a gateway of its own process finds the silos.</summary>
public static class SiloDiscovery
{
    /// <summary>Those of the cluster that section <see cref="ClusteringOptions.SectionName"/> names, or the one on the loopback.</summary>
    public static WebApplicationBuilder AddSilos(this WebApplicationBuilder builder)
    {
        var cluster = builder.AddClustering();
        builder.UseOrleansClient(client =>
        {
            client.AddActivityPropagation();
            if (!cluster.IsOn)
            {
                client.UseLocalhostClustering();
                return;
            }

            client
                .Configure<ClusterOptions>(members =>
                {
                    members.ClusterId = cluster.Id;
                    members.ServiceId = ClusteringOptions.Service;
                })
                .UseAdoNetClustering((AdoNetClusteringClientOptions members) =>
                {
                    members.Invariant = "Npgsql";
                    members.ConnectionString = cluster.ConnectionString;
                });
        });
        return builder;
    }
}
