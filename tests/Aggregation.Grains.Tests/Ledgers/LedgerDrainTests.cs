using System.Collections.Concurrent;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>A silo that is about to stop while a push is on its way.</summary>
public sealed class LedgerDrainTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected override Dictionary<string, string> Settings => new() { ["DrainTimeout"] = "00:01:00" };

    [Fact]
    public async Task Drain_WithAPushOnItsWay_WaitsUntilTheRootHasIt()
    {
        var pushed = new ConcurrentQueue<string>();
        Silo.Gate.OnPush = (parent, _) => pushed.Enqueue(parent.Unit);
        var held = Silo.Gate.Block(nameof(IRollupGrain.Push), Key(County));
        await SubmitAsync(CountyOne, "a", 5);
        await held.Reached.WaitAsync(Patience);

        var drained = Silo.Services.GetRequiredService<LedgerDrain>().DrainAsync(CancellationToken.None);
        Assert.False(drained.IsCompleted);
        held.Release();
        await drained.WaitAsync(Patience);

        Assert.Equal([County, City, Province], pushed);
    }

    [Fact]
    public async Task Drain_WhenTheHostHasNoMoreTime_EndsWithoutAnError()
    {
        var held = Silo.Gate.Block(nameof(IRollupGrain.Push), Key(County));
        await SubmitAsync(CountyOne, "a", 5);
        await held.Reached.WaitAsync(Patience);
        using var host = new CancellationTokenSource();

        var drained = Silo.Services.GetRequiredService<LedgerDrain>().DrainAsync(host.Token);
        Assert.False(drained.IsCompleted);
        await host.CancelAsync();
        await drained.WaitAsync(Patience);

        held.Release();
    }
}
