using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks.Parts;

/// <summary>
/// What Orleans itself takes for one submission: a grain that comes into memory, is called, calls the one above it, and leaves. The
/// grains do nothing else, no filter is installed, nothing is measured or traced.
/// </summary>
internal static class GrainsAlone
{
    /// <returns>Microseconds of processor time for one submission; the median of the rounds but the first.</returns>
    public static async Task<double> CostAsync(TreeSize tree, int rounds, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort(), FreePort(), null, "bench", Guid.NewGuid().ToString("N")));
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        try
        {
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            return await PartCost.MedianAsync(rounds, round =>
            {
                var period = round.ToString(CultureInfo.InvariantCulture);
                return Task.FromResult<Func<Task>>(() => ClosedLoop.RunAsync(
                    tree.Leaves,
                    (_, index) => grains.GetGrain<IPartGrain>($"{period}/{tree.Leaf(index)}").Enter($"{period}/county {index / tree.DepartmentsPerCounty}"),
                    cancellation));
            }, tree.Leaves);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A grain that does nothing, to see what calling it takes.</summary>
[Alias("Aggregation.Benchmarks.IPartGrain")]
public interface IPartGrain : IGrainWithStringKey
{
    /// <summary>Calls the grain above, then leaves memory.</summary>
    [Alias("Enter")]
    Task Enter(string above);

    /// <summary>Does nothing.</summary>
    [Alias("Take")]
    Task Take();
}

internal sealed class PartGrain(IGrainFactory grains) : Grain, IPartGrain
{
    public async Task Enter(string above)
    {
        await grains.GetGrain<IPartGrain>(above).Take();
        DeactivateOnIdle();
    }

    public Task Take() => Task.CompletedTask;
}
