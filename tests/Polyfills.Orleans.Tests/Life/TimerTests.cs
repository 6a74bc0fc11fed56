using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private TestSilo _silo = null!;

    private Probe Probe => _silo.Probe;

    public async Task InitializeAsync() =>
        _silo = await TestSilo.StartAsync(
            static builder => builder.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromHours(1)),
            services => services.AddSingleton<TimeProvider>(_time));

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Timer_Fires_AsATurnWithStateAndWithoutTheCreatorsContext()
    {
        await Grain("t").StartTimer(Minute, Minute, interleave: false);
        _time.Advance(Minute);

        await Probe.Reached("tick 1 state clean True");
    }

    [Fact]
    public async Task Timer_NotInterleaving_WaitsForTheCallInProgress()
    {
        await Grain("t").StartTimer(Minute, Timeout.InfiniteTimeSpan, interleave: false);
        var held = Grain("t").Hold("held");
        await Probe.Reached("held:in");
        _time.Advance(Minute);
        Probe.Open("held:go");
        await held;
        await Probe.Reached("tick 1 state clean True");

        Assert.Equal(["activating", "held:in", "held:out", "tick 1 state clean True"], Probe.Events);
    }

    [Fact]
    public async Task Timer_Interleaving_FiresDuringACall()
    {
        await Grain("t").StartTimer(Minute, Timeout.InfiniteTimeSpan, interleave: true);
        var held = Grain("t").Hold("held");
        await Probe.Reached("held:in");
        _time.Advance(Minute);
        await Probe.Reached("tick 1 state clean True");
        Probe.Open("held:go");
        await held;
    }

    [Fact]
    public async Task Timer_CallbackFails_FiresAgain()
    {
        await Grain("faulty").StartTimer(Minute, Minute, interleave: false);
        _time.Advance(Minute);
        await Probe.Reached("tick 1 state clean True");
        await Grain("faulty").Activation();
        _time.Advance(Minute);

        await Probe.Reached("tick 2 state clean True");
    }

    [Fact]
    public async Task Timer_Changed_FiresByTheNewTimes()
    {
        await Grain("t").StartTimer(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, interleave: false);
        _time.Advance(Minute);
        await Grain("t").ChangeTimer(Minute, Timeout.InfiniteTimeSpan);
        Assert.Equal(["activating"], Probe.Events);
        _time.Advance(Minute);

        await Probe.Reached("tick 1 state clean True");
    }

    [Fact]
    public async Task Timer_Disposed_FiresNoMore()
    {
        await Grain("t").StartTimer(Minute, Minute, interleave: false);
        await Grain("t").StopTimer();
        _time.Advance(Minute);
        await Grain("t").Activation();

        Assert.Equal(["activating"], Probe.Events);
    }

    /// <summary>So a callback must not wait for what comes only after its activation has ended.</summary>
    [Fact]
    public async Task Timer_CallbackInProgress_HoldsTheEndOfItsActivationUp()
    {
        await Grain("ticking").StartTimer(Minute, Timeout.InfiniteTimeSpan, interleave: true);
        _time.Advance(Minute);
        await Probe.Reached("tick 1 state clean True");
        Probe.Open("ticking:go");
        Probe.Open("quiet:go");
        await Grain("ticking").EndThenAnswer("ticking");

        // One that was told to end later, and has nothing to wait for, is gone by now.
        await Grain("quiet").EndThenAnswer("quiet");
        await Probe.Reached("quiet:disposed");
        Assert.DoesNotContain("ticking:ApplicationRequested", Probe.Events);
        Probe.Open("tick:go");
        await Probe.Reached("ticking:disposed");

        Assert.Equal(
            ["tick:out cancelled False", "ticking:ApplicationRequested", "ticking:disposed"],
            Probe.Events.Where(static e => e.StartsWith("tick:", StringComparison.Ordinal) || e is "ticking:ApplicationRequested" or "ticking:disposed"));
    }

    [Fact]
    public async Task Timer_NegativeDueTime_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Grain("t").StartTimer(TimeSpan.FromSeconds(-2), Minute, interleave: false));

    private ILifeGrain Grain(string key) => _silo.Grains.GetGrain<ILifeGrain>(key);
}
