using System.Net;
using Aggregation.TestKit.Network;
using Microsoft.Extensions.Hosting;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>The polyfill has one silo in one process and refuses any other; upstream waits for the others, and tries again.</summary>
public sealed class SinglePlaceTests
{
    [Fact]
    public async Task Start_SecondSiloWithTheSamePorts_IsRefusedNamingThePackages()
    {
        var (port, gatewayPort) = FreePorts.Two();
        using var first = TestSilo.Build(builder => builder.UseLocalhostClustering(port, gatewayPort));
        using var second = TestSilo.Build(builder => builder.UseLocalhostClustering(port, gatewayPort));
        await first.StartAsync();

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => second.StartAsync());
        Assert.Contains("Microsoft.Orleans.Server", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Orleans.Clustering.AdoNet", exception.Message, StringComparison.Ordinal);
        await first.StopAsync();
    }

    [Fact]
    public async Task Start_JoiningAnotherSilo_IsRefusedNamingThePackages()
    {
        var (port, gatewayPort) = FreePorts.Two();
        using var host = TestSilo.Build(
            builder => builder.UseLocalhostClustering(port, gatewayPort, new IPEndPoint(IPAddress.Loopback, port + 10_000)));

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());
        Assert.Contains("Microsoft.Orleans.Clustering.AdoNet", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_OfASiloElsewhere_IsRefusedNamingThePackage()
    {
        using var client = Client(static builder => builder.UseLocalhostClustering(1));

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => client.StartAsync());
        Assert.Contains("Microsoft.Orleans.Client", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WithARetryFilter_AsksItAfterEachFailure()
    {
        var asked = new List<Exception>();
        using var client = Client(builder => builder.UseLocalhostClustering(1).UseConnectionRetryFilter((fault, _) =>
        {
            asked.Add(fault);
            return Task.FromResult(asked.Count < 3);
        }));

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => client.StartAsync());
        Assert.Equal(3, asked.Count);
        Assert.Same(asked[2], exception);
    }

    [Fact]
    public async Task Start_WithoutClustering_IsRefused()
    {
        using var host = TestSilo.Build(static _ => { });

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());
        Assert.Contains("UseLocalhostClustering", exception.Message, StringComparison.Ordinal);
    }

    private static IHost Client(Action<IClientBuilder> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(configure);
        return builder.Build();
    }
}
