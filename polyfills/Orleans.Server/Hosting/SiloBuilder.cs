using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.Telemetry;
using Orleans.Runtime.Timers;
using Orleans.Storage;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>The one silo builder of a host.</summary>
internal sealed class SiloBuilder : ISiloBuilder
{
    public SiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        services.AddGrainState();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Tracing);
        services.TryAddSingleton(Clustering);
        services.AddOptions<ClusterOptions>();
        services.TryAddSingleton<SiloRuntime>();
        services.TryAddSingleton<SiloLifecycle>();
        services.TryAddSingleton<ISiloLifecycle>(static provider => provider.GetRequiredService<SiloLifecycle>());
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<SiloRuntime>().Factory);
        services.TryAddSingleton<IClusterClient, SiloClient>();
        services.TryAddSingleton<ITimerRegistry, TimerRegistry>();
        services.TryAddSingleton<IGrainRuntime, GrainRuntime>();
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddSingleton<IHostedService, SiloHostedService>();
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    /// <summary>Whether activities are propagated.</summary>
    public TracingChoice Tracing { get; } = new();

    /// <summary>How the silo was told to find others.</summary>
    public ClusteringChoice Clustering { get; } = new();
}
