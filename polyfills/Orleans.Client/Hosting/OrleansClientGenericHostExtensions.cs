using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds a client to a host.</summary>
public static class OrleansClientGenericHostExtensions
{
    /// <summary>Adds a client; repeated calls configure the same one.</summary>
    public static IHostApplicationBuilder UseOrleansClient(
        this IHostApplicationBuilder hostAppBuilder,
        Action<IClientBuilder> configureDelegate)
    {
        configureDelegate(Builder(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Adds a client; repeated calls configure the same one.</summary>
    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<IClientBuilder> configureDelegate) =>
        hostBuilder.UseOrleansClient((_, builder) => configureDelegate(builder));

    /// <summary>Adds a client; repeated calls configure the same one.</summary>
    public static IHostBuilder UseOrleansClient(
        this IHostBuilder hostBuilder,
        Action<HostBuilderContext, IClientBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) => configureDelegate(context, Builder(services, context.Configuration)));

    private static IClientBuilder Builder(IServiceCollection services, IConfiguration configuration)
    {
        var marker = OrleansHostMarker.In(services);
        if (marker?.Builder is IClientBuilder known) return known;
        if (marker is not null) throw OrleansHostMarker.Both();
        var builder = new ClientBuilder(services, configuration);
        services.AddSingleton(new OrleansHostMarker(builder));
        return builder;
    }
}
