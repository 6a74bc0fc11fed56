using Orleans.Configuration;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class InterleavingTests
{
    private const string Plain = "Aggregation.Polyfills.Orleans.Tests.GateGrain";

    [Fact]
    public async Task Call_WhileAnotherIsInProgress_WaitsForItsEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Gate(silo);
        var first = grain.Hold("first");
        await silo.Probe.Reached("first:in");
        var second = grain.Hold("second");
        silo.Probe.Open("second:go");
        silo.Probe.Open("first:go");
        await Task.WhenAll(first, second);

        Assert.Equal(["first:in", "first:out", "second:in", "second:out"], silo.Probe.Events);
    }

    [Fact]
    public async Task Call_AlwaysInterleave_StartsWhileAnotherIsInProgress()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Gate(silo);
        var held = grain.Hold("held");
        await silo.Probe.Reached("held:in");
        silo.Probe.Open("inner:go");
        await grain.Interleave("inner");
        silo.Probe.Open("held:go");
        await held;

        Assert.Equal(["held:in", "inner:in", "inner:out", "held:out"], silo.Probe.Events);
    }

    [Fact]
    public async Task Call_ReadOnly_InterleavesWithReadOnlyAndNotWithOthers()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Gate(silo);
        var one = grain.Read("one");
        await silo.Probe.Reached("one:in");
        var writer = grain.Hold("writer");
        silo.Probe.Open("writer:go");
        silo.Probe.Open("two:go");
        await grain.Read("two");
        silo.Probe.Open("one:go");
        await Task.WhenAll(one, writer);

        Assert.Equal(["one:in", "two:in", "two:out", "one:out", "writer:in", "writer:out"], silo.Probe.Events);
    }

    [Fact]
    public async Task Call_ReentrantGrain_InterleavesWithAnything()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Grains.GetGrain<IReentrantGateGrain>("r");
        var held = grain.Hold("held");
        await silo.Probe.Reached("held:in");
        silo.Probe.Open("inner:go");
        await grain.Hold("inner");
        silo.Probe.Open("held:go");
        await held;

        Assert.Equal(["held:in", "inner:in", "inner:out", "held:out"], silo.Probe.Events);
    }

    [Fact]
    public async Task Call_ThatComesBackToItsCaller_TimesOutNamingTheTimeout()
    {
        await using var silo = await TestSilo.StartAsync(
            static builder => builder.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromMilliseconds(400)));

        // The innermost call may still start once the outer ones have given up.
        silo.Probe.Open("never:go");
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => Gate(silo, "a").CallBack("b", "a"));

        Assert.Contains("00:00:00.4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_MethodWithOwnTimeout_TimesOutByIt()
    {
        await using var silo = await TestSilo.StartAsync();

        // A call that times out before its turn comes never starts; it is made again until one has.
        do await Assert.ThrowsAsync<TimeoutException>(() => Gate(silo).HoldBriefly("brief"));
        while (!silo.Probe.Events.Contains("brief:in"));
        silo.Probe.Open("brief:go");
        await silo.Probe.Reached("brief:out");
    }

    [Fact]
    public async Task Call_TimedOutWhileQueued_IsNeverStarted()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Gate(silo);
        var held = grain.Hold("held");
        await silo.Probe.Reached("held:in");
        await Assert.ThrowsAsync<TimeoutException>(() => grain.HoldBriefly("late"));
        silo.Probe.Open("held:go");
        await held;
        silo.Probe.Open("next:go");
        await grain.Hold("next");

        Assert.DoesNotContain("late:in", silo.Probe.Events);
    }

    [Fact]
    public async Task Call_CancelledByCaller_EndsTheWaitAndCancelsTheGrainsToken()
    {
        await using var silo = await TestSilo.StartAsync();
        using var source = new CancellationTokenSource();
        var call = Gate(silo).HoldWithToken("c", source.Token);
        await silo.Probe.Reached("c:in");
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await silo.Probe.Reached("c:cancelled");
    }

    [Fact]
    public async Task Call_WithCancelledToken_IsNotSent()
    {
        await using var silo = await TestSilo.StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Gate(silo).HoldWithToken("c", new CancellationToken(canceled: true)));
        Assert.Empty(silo.Probe.Events);
    }

    [Fact]
    public async Task Call_BeyondTheHardLimit_FailsAndNamesTheLimit()
    {
        await using var silo = await TestSilo.StartAsync(
            static builder => builder.Configure<SiloMessagingOptions>(static options => options.MaxEnqueuedRequestsHardLimit = 2));
        var grain = Gate(silo);
        var first = grain.Hold("first");
        await silo.Probe.Reached("first:in");
        var second = grain.Hold("second");
        var third = grain.Hold("third");

        var exception = await Assert.ThrowsAsync<LimitExceededException>(() => grain.Hold("fourth"));

        Assert.Contains("MaxEnqueuedRequestsHardLimit", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Threshold=2", exception.Message, StringComparison.Ordinal);
        silo.Probe.Open("third:go");
        silo.Probe.Open("second:go");
        silo.Probe.Open("first:go");
        await Task.WhenAll(first, second, third);
    }

    private static IGateGrain Gate(TestSilo silo, string key = "g") => silo.Grains.GetGrain<IGateGrain>(key, Plain);
}
