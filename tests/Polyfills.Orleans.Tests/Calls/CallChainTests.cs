using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>A call that times out says which calls led to it; upstream tells the status of the call alone.</summary>
public sealed class CallChainTests
{
    private const string Plain = "Aggregation.Polyfills.Orleans.Tests.GateGrain";

    [Fact]
    public async Task Call_ThatComesBackToItsCaller_TimesOutWithTheCallChain()
    {
        var time = new ManualTime();
        await using var silo = await TestSilo.StartAsync(
            static builder => builder.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromMilliseconds(400)),
            services => services.AddSingleton<TimeProvider>(time));
        silo.Probe.Open("never:go");
        var call = silo.Grains.GetGrain<IGateGrain>("a", Plain).CallBack("b", "a");
        await silo.Probe.Reached("never:asked");
        time.Advance(TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => call);

        Assert.Contains(
            "Call chain: client -> IGateGrain.CallBack(gate/a) -> IGateGrain.CallBack(gate/b) -> IGateGrain.Hold(gate/a).",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("gate/a is busy with IGateGrain.CallBack(gate/a)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("deadlock", exception.Message, StringComparison.Ordinal);
    }
}
