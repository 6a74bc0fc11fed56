using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>Idle grains are collected by the host's clock; upstream goes by the system's.</summary>
public sealed class CollectionTests
{
    [Fact]
    public async Task Collection_IdleBeyondItsClassLimit_IsEndedAndDelayedOneIsNot()
    {
        var time = new ManualTime();
        await using var silo = await TestSilo.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        await Life(silo, "idle").Activation();
        var kept = await Life(silo, "kept").Activation();
        await Life(silo, "kept").Delay(TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromMinutes(4));
        var used = await Life(silo, "used").Activation();
        time.Advance(TimeSpan.FromMinutes(2));
        await silo.Probe.Reached("idle:disposed");

        Assert.Equal(used, await Life(silo, "used").Activation());
        Assert.Equal(kept, await Life(silo, "kept").Activation());
        Assert.Contains("idle:ActivationIdle", silo.Probe.Events);
    }

    private static ILifeGrain Life(TestSilo silo, string key) => silo.Grains.GetGrain<ILifeGrain>(key);
}
