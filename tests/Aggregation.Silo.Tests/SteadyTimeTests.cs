using Aggregation.TestKit.Clocks;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Silo.Tests;

/// <summary>The clock that a silo gives Orleans.</summary>
public sealed class SteadyTimeTests
{
    [Fact]
    public void GetUtcNow_TheMachinesClockIsSet_OnlyWhatPassesCounts()
    {
        var machine = new TestClock();
        var steady = new SteadyTime(machine);
        var began = steady.GetUtcNow();

        machine.SetTimeOfDay(TimeSpan.FromDays(-800));
        machine.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(began + TimeSpan.FromSeconds(3), steady.GetUtcNow());

        machine.SetTimeOfDay(TimeSpan.FromDays(900));
        machine.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(began + TimeSpan.FromSeconds(7), steady.GetUtcNow());
    }

    [Fact]
    public void AddSteadyTimeForOrleans_AnyKey_IsOneSteadyClock()
    {
        var machine = new TestClock();
        using var services = new ServiceCollection().AddSingleton<TimeProvider>(machine).AddSteadyTimeForOrleans().BuildServiceProvider();

        var grains = services.GetRequiredKeyedService<TimeProvider>("Orleans.Grains");
        Assert.IsType<SteadyTime>(grains);
        Assert.Same(grains, services.GetRequiredKeyedService<TimeProvider>("Orleans.Membership"));
        Assert.Same(machine, services.GetRequiredService<TimeProvider>());
    }
}
