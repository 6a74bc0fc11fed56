using Aggregation.TestKit.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>A host with one silo, on ports that nobody else uses.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private static int _port = 20_000;

    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host.Services;

    public Probe Probe => Services.GetRequiredService<Probe>();

    /// <summary>The first of two ports.</summary>
    public static int NextPort()
    {
        while (true)
        {
            var port = Interlocked.Add(ref _port, 2);
            if (FreePorts.IsFree(port) && FreePorts.IsFree(port + 1)) return port;
        }
    }

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
        var port = NextPort();
        var host = Build(
            silo =>
            {
                silo.UseLocalhostClustering(port, port + 1);
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
