
namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class CallTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    private IEchoGrain Echo => _silo.Grains.GetGrain<IEchoGrain>("a/b");

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Call_EachReturnKind_ReturnsTheResult()
    {
        Assert.Equal("a/b", await Echo.Key());
        Assert.Equal(5, await Echo.Add(2, 3));
        await Echo.Nothing();
        Assert.Equal(1_000_000_007, await Echo.Add(1_000_000_000, 7));
    }

    [Fact]
    public async Task Call_GrainThrows_CallerGetsTheSameExceptionWithItsStack()
    {
        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => Echo.Fail("no"));

        Assert.Equal("no", exception.Message);
        Assert.Contains(nameof(EchoGrain), exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Awaits_ResumeOnTheGrainsScheduler() => Assert.True(await Echo.StaysOnScheduler());

    [Fact]
    public async Task Call_OneWay_ReturnsAtOnceAndHidesFailure()
    {
        Assert.True(Echo.Tell("fail").IsCompletedSuccessfully);
        await _silo.Probe.Reached("fail");
        await Echo.Tell("told");
        await _silo.Probe.Reached("told");
    }

    [Fact]
    public async Task RequestContext_SetByCaller_FlowsThroughGrains()
    {
        RequestContext.Set("tenant", "one");

        Assert.Equal("one", await Echo.ReadContext("tenant"));
        Assert.Equal("one", await Echo.ReadContextOf("other", "tenant"));
    }

    [Fact]
    public async Task RequestContext_SetInOneCall_IsNotSeenByTheNextNorByTheCaller()
    {
        await Echo.SetContext("leak", "yes");

        Assert.Null(await Echo.ReadContext("leak"));
        Assert.Null(RequestContext.Get("leak"));
    }

    [Fact]
    public async Task Call_ManyAtOnce_AllAnswered()
    {
        var calls = Enumerable.Range(0, 10_000)
            .Select(i => _silo.Grains.GetGrain<IEchoGrain>($"many/{i % 100}").Add(i, 1).AsTask())
            .ToArray();

        Assert.Equal(Enumerable.Range(1, 10_000), await Task.WhenAll(calls));
    }

    [Fact]
    public async Task GetGrain_SameKeyTwice_ReferencesAreEqualAndCastable()
    {
        IAddressable one = Echo;

        Assert.Equal(Echo, one);
        Assert.Equal("echo/a/b", one.GetGrainId().ToString());
        Assert.Equal("a/b", await one.AsReference<IEchoGrain>().Key());
    }

    [Fact]
    public void GetGrain_EmptyKey_IsRefused() =>
        Assert.Throws<ArgumentException>(() => _silo.Grains.GetGrain<IEchoGrain>(" "));
}
