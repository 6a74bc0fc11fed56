using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>The one client builder of a host.</summary>
internal sealed class ClientBuilder : IClientBuilder
{
    public ClientBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        services.AddOptions();
        services.TryAddSingleton(Gateway);
        services.TryAddSingleton<LocalClient>();
        services.TryAddSingleton<IClusterClient>(static provider => provider.GetRequiredService<LocalClient>());
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<LocalClient>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<LocalClient>());
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    /// <summary>The silo's port for clients.</summary>
    public GatewayChoice Gateway { get; } = new();
}
