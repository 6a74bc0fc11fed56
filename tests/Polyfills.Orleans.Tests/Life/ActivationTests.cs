namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class ActivationTests
{
    [Fact]
    public async Task Activation_Slow_CallsWaitForIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var call = Life(silo, "slow").Activation();
        await silo.Probe.Reached("activating");
        Assert.False(call.IsCompleted);
        silo.Probe.Open("activate");

        Assert.Equal(await call, await Life(silo, "slow").Activation());
        Assert.Equal(["activating"], silo.Probe.Events);
    }

    [Fact]
    public async Task Activation_Fails_WaitingCallsFailAndTheNextTriesAgain()
    {
        await using var silo = await TestSilo.StartAsync();

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => Life(silo, "failing").Activation());
        Assert.Equal("not today", exception.Message);
        Assert.NotEmpty(await Life(silo, "failing").Activation());
    }

    [Fact]
    public async Task DeactivateOnIdle_CallsArrivingMeanwhile_GoToTheNextActivation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = Life(silo, "x");
        var before = await grain.Activation();
        var ending = grain.EndThenAnswer("end");
        await silo.Probe.Reached("end:in");
        var after = grain.Activation();
        silo.Probe.Open("end:go");
        await ending;

        Assert.NotEqual(before, await after);
        Assert.Equal(
            ["activating", "end:in", "x:ApplicationRequested", "x:disposed", "activating"],
            silo.Probe.Events);
    }

    [Fact]
    public async Task DeactivateOnIdle_CallThatHasComeBefore_GoesToTheNextActivation()
    {
        await using var silo = await TestSilo.StartAsync();

        var ended = await Life(silo, "x").AskItselfThenEnd();

        Assert.NotEqual(ended, await silo.Probe.Asked!);
    }

    [Fact]
    public async Task DeactivateOnIdle_OfAnActivationThatIsGone_IsRefusedAndSparesTheNext()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Probe.Open("end:go");
        await Life(silo, "late").EndThenAnswer("end");
        await silo.Probe.Reached("late:disposed");
        var leaveAgain = silo.Probe.Later!;
        var next = await Life(silo, "late").Activation();

        Assert.Throws<InvalidOperationException>(leaveAgain);
        Assert.Equal(next, await Life(silo, "late").Activation());
    }

    [Fact]
    public async Task Deactivation_Fails_TheNextActivationComesAllTheSame()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Probe.Open("end:go");
        await Life(silo, "bad").EndThenAnswer("end");
        await silo.Probe.Reached("bad:disposed");

        Assert.NotEmpty(await Life(silo, "bad").Activation());
    }

    [Fact]
    public async Task Stop_EndsAllGrainsAndRefusesCalls()
    {
        await using var silo = await TestSilo.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Life(silo, $"g{i}").Activation()));
        await silo.StopAsync();

        Assert.Equal(50, silo.Probe.Events.Count(static e => e.EndsWith(":ShuttingDown", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Life(silo, "g0").Activation());
    }

    [Fact]
    public async Task Stop_CallInProgress_FinishesFirst()
    {
        await using var silo = await TestSilo.StartAsync();
        var held = Life(silo, "h").Hold("held");
        await silo.Probe.Reached("held:in");
        var stop = silo.StopAsync();
        silo.Probe.Open("held:go");
        await Task.WhenAll(held, stop);

        Assert.Equal(["activating", "held:in", "held:out", "h:ShuttingDown", "h:disposed"], silo.Probe.Events);
    }

    private static ILifeGrain Life(TestSilo silo, string key) => silo.Grains.GetGrain<ILifeGrain>(key);
}
