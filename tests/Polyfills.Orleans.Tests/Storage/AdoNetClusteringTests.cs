using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Aggregation.Polyfills.Orleans.Tests.Storage;

public sealed class AdoNetClusteringTests
{
    [Fact]
    public async Task Start_WithClustering_NamesThePackage()
    {
        using var host = TestSilo.Build(static builder =>
            builder.UseAdoNetClustering((AdoNetClusteringSiloOptions options) => options.Invariant = "Npgsql"));

        var fault = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());

        Assert.Contains("Microsoft.Orleans.Clustering.AdoNet", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ClientOfACluster_NamesThePackage()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(static client =>
            client.UseAdoNetClustering((AdoNetClusteringClientOptions options) => options.Invariant = "Npgsql"));
        using var host = builder.Build();

        var fault = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());

        Assert.Contains("Microsoft.Orleans.Clustering.AdoNet", fault.Message, StringComparison.Ordinal);
    }
}
