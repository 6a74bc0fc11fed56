using Orleans.Configuration;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>A call that times out says which calls led to it; upstream tells the status of the call alone.</summary>
public sealed class CallChainTests
{
    private const string Plain = "Aggregation.Polyfills.Orleans.Tests.GateGrain";

    [Fact]
    public async Task Call_ThatComesBackToItsCaller_TimesOutWithTheCallChain()
    {
        await using var silo = await TestSilo.StartAsync(
            static builder => builder.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromMilliseconds(400)));

        var exception = await Assert.ThrowsAsync<TimeoutException>(
            () => silo.Grains.GetGrain<IGateGrain>("a", Plain).CallBack("b", "a"));

        Assert.Contains(
            "Call chain: client -> IGateGrain.CallBack(gate/a) -> IGateGrain.CallBack(gate/b) -> IGateGrain.Hold(gate/a).",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("gate/a is busy with IGateGrain.CallBack(gate/a)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("deadlock", exception.Message, StringComparison.Ordinal);
    }
}
