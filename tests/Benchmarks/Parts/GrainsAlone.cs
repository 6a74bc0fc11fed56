using System.Globalization;
using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Tenants;
using Aggregation.TestKit.Network;

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
        var (port, gatewayPort) = FreePorts.Two();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(port, gatewayPort, null, "bench", Guid.NewGuid().ToString("N")));
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        try
        {
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            return await PartCost.MedianAsync(rounds, round =>
            {
                var period = round.ToString(CultureInfo.InvariantCulture);
                return () => ClosedLoop.RunAsync(
                    tree.Leaves,
                    (_, index) => grains.GetGrain<IPartGrain>($"{period}/{tree.Leaf(index)}").Enter($"{period}/county {index / tree.DepartmentsPerCounty}"),
                    cancellation);
            }, tree.Leaves);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
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
