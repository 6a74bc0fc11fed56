using Aggregation.TestKit.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>A host with one silo, on ports that nobody else uses.</summary>
internal sealed class TestSilo : IAsyncDisposable
{

    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public Probe Probe => Services.GetRequiredService<Probe>();

    public static IHost Build(Action<ISiloBuilder> configure, Action<IServiceCollection>? services = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<Probe>();
        services?.Invoke(builder.Services);
        builder.UseOrleans(configure);
        return builder.Build();
    }

    public static async Task<TestSilo> StartAsync(
        Action<ISiloBuilder>? configure = null,
        Action<IServiceCollection>? services = null)
    {
        var (port, gatewayPort) = FreePorts.Two();
        var host = Build(
            silo =>
            {
                silo.UseLocalhostClustering(port, gatewayPort);
                configure?.Invoke(silo);
            },
            services);
        await host.StartAsync();
        return new TestSilo(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
