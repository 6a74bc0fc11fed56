using Aggregation.TestKit.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task Start_AfterTheOtherHasStopped_TakesItsPlace()
    {
        var (port, gatewayPort) = FreePorts.Two();
        using var first = TestSilo.Build(builder => builder.UseLocalhostClustering(port, gatewayPort));
        await first.StartAsync();
        await first.StopAsync();
        using var second = TestSilo.Build(builder => builder.UseLocalhostClustering(port, gatewayPort));
        await second.StartAsync();

        Assert.Equal("e", await second.Services.GetRequiredService<IGrainFactory>().GetGrain<IEchoGrain>("e").Key());
        await second.StopAsync();
    }

    [Fact]
    public async Task Start_CollectionAgeNotAboveQuantum_IsRefusedNamingTheOption()
    {
        using var host = TestSilo.Build(static builder => builder
            .UseLocalhostClustering()
            .Configure<GrainCollectionOptions>(static options => options.CollectionAge = TimeSpan.FromSeconds(1)));

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());
        Assert.Contains("CollectionAge", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartupTask_Runs_WhenCallsAreServed()
    {
        await using var silo = await TestSilo.StartAsync(static builder => builder.AddStartupTask(
            static (services, _) => services.GetRequiredService<IGrainFactory>().GetGrain<IEchoGrain>("s").Tell("started")));

        await silo.Probe.Reached("started");
    }

    [Fact]
    public async Task Client_OfASiloInThisProcess_Calls()
    {
        var (port, gatewayPort) = FreePorts.Two();
        using var silo = TestSilo.Build(builder => builder.UseLocalhostClustering(port, gatewayPort, clusterId: "c", serviceId: "s"));
        await silo.StartAsync();
        using var client = Client(builder => builder.UseLocalhostClustering(gatewayPort, "s", "c"));
        await client.StartAsync();

        Assert.Equal("k", await client.Services.GetRequiredService<IClusterClient>().GetGrain<IEchoGrain>("k").Key());
        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public void Host_WithSiloAndClient_IsRefused()
    {
        var builder = new HostApplicationBuilder();
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());

        Assert.Throws<OrleansConfigurationException>(() => builder.UseOrleansClient(static client => client.UseLocalhostClustering()));
    }

    private static IHost Client(Action<IClientBuilder> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(configure);
        return builder.Build();
    }
}
