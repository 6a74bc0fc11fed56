using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>General configuration of a client.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>Connects to the silo on this machine that has the gateway port given.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="gatewayPort">The silo's port for clients.</param>
    /// <param name="serviceId">See <see cref="ClusterOptions.ServiceId"/>.</param>
    /// <param name="clusterId">See <see cref="ClusterOptions.ClusterId"/>.</param>
    public static IClientBuilder UseLocalhostClustering(
        this IClientBuilder builder,
        int gatewayPort = 30000,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        ((ClientBuilder)builder).Gateway.Port = gatewayPort;
        return builder.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = serviceId;
            options.ClusterId = clusterId;
        });
    }

    /// <summary>Adds services to the client.</summary>
    public static IClientBuilder ConfigureServices(this IClientBuilder builder, Action<IServiceCollection> configureDelegate)
    {
        configureDelegate(builder.Services);
        return builder;
    }

    /// <summary>Sets options of the client.</summary>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        builder.Services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Carries <see cref="System.Diagnostics.Activity"/> along with calls. In one process the silo's own choice decides.</summary>
    public static IClientBuilder AddActivityPropagation(this IClientBuilder builder) => builder;

    /// <summary>Decides, each time that no silo can be reached at start, whether it is tried again; without it the start fails.</summary>
    public static IClientBuilder UseConnectionRetryFilter(
        this IClientBuilder builder, Func<Exception, CancellationToken, Task<bool>> connectionRetryFilter)
    {
        ((ClientBuilder)builder).Gateway.Retry = connectionRetryFilter;
        return builder;
    }

    /// <summary>Adds a filter of calls that are made.</summary>
    public static IClientBuilder AddOutgoingGrainCallFilter<TImplementation>(this IClientBuilder builder)
        where TImplementation : class, IOutgoingGrainCallFilter =>
        builder.ConfigureServices(static services => services.AddSingleton<IOutgoingGrainCallFilter, TImplementation>());
}
