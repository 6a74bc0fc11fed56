using Orleans.Serialization;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>
/// A refused message says where it stood in the call; upstream names its type alone. Lists of types that the compiler makes up
/// are refused within one process too, where upstream passes them on and refuses them only between processes.
/// </summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    private IMessageGrain Grain => _silo.Grains.GetGrain<IMessageGrain>("m");

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Argument_OfUnmarkedType_IsRefusedNamingTheMethod()
    {
        var grain = _silo.Grains.GetGrain<IUnmarkedGrain>("u");
        var exception = await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.Take(new Unmarked("x")));

        Assert.Contains("value of IUnmarkedGrain.Take", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_CompilerSynthesisedList_IsRefusedNamingTheMethod()
    {
        var exception = await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain.Synthesised());

        Assert.Contains("result of IMessageGrain.Synthesised", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Argument_CompilerSynthesisedListInAnImmutableRecord_IsRefused() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain.EchoOpen(new Open([1, 2])));

    [Fact]
    public async Task RequestContext_UnmarkedValue_IsRefusedNamingTheKey()
    {
        RequestContext.Set("odd", new Unmarked("x"));

        var exception = await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain.EchoObject(1));
        Assert.Contains("\"odd\"", exception.Message, StringComparison.Ordinal);
    }
}
