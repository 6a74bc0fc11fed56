using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering on ADO.NET.</summary>
public static class AdoNetHostingExtensions
{
    /// <summary>Asks for clustering: the silo refuses to start, as it needs the real packages.</summary>
    public static ISiloBuilder UseAdoNetClustering(
        this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions) =>
        builder.UseAdoNetClustering(options => options.Configure(configureOptions));

    /// <summary>Asks for clustering: the silo refuses to start, as it needs the real packages.</summary>
    public static ISiloBuilder UseAdoNetClustering(
        this ISiloBuilder builder, Action<OptionsBuilder<AdoNetClusteringSiloOptions>>? configureOptions)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetClusteringSiloOptions>());
        builder.Services.AddTransient<IConfigurationValidator, ClusteringRefusal>();
        return builder;
    }

    /// <summary>Asks for silos of other processes: the client refuses to start, as it needs the real packages.</summary>
    public static IClientBuilder UseAdoNetClustering(
        this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions) =>
        builder.UseAdoNetClustering(options => options.Configure(configureOptions));

    /// <summary>Asks for silos of other processes: the client refuses to start, as it needs the real packages.</summary>
    public static IClientBuilder UseAdoNetClustering(
        this IClientBuilder builder, Action<OptionsBuilder<AdoNetClusteringClientOptions>>? configureOptions)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetClusteringClientOptions>());
        builder.Services.AddTransient<IConfigurationValidator, ClusteringRefusal>();
        return builder;
    }
}
