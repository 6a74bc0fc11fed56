using Aggregation.Contracts.Tracing;
using Aggregation.ServiceDefaults.Clustering;
using Orleans.Configuration;

namespace Aggregation.Gateway.Endpoints;

/// <summary>How a gateway of its own process finds the silos.</summary>
public static class SiloDiscovery
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Those of the cluster that section <see cref="ClusteringOptions.SectionName"/> names, or the one on the loopback.</summary>
    public static WebApplicationBuilder AddSilos(this WebApplicationBuilder builder)
    {
        var cluster = builder.AddClustering();
        builder.UseOrleansClient(client =>
        {
            client.AddActivityPropagation().AddOutgoingGrainCallFilter<RefusalSpans>().UseConnectionRetryFilter(TryAgainAsync);
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

    /// <summary>It does not matter whether gateways or silos start first; what is configured wrongly fails at once.</summary>
    private static async Task<bool> TryAgainAsync(Exception fault, CancellationToken cancellation)
    {
        if (fault is OrleansConfigurationException)
        {
            return false;
        }

        await Task.Delay(Pause, cancellation);
        return true;
    }
}
