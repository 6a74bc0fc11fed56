using Orleans.Serialization;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class MessageTests : IAsyncLifetime
{
    private TestSilo _silo = null!;

    private IMessageGrain Grain => _silo.Grains.GetGrain<IMessageGrain>("m");

    public async Task InitializeAsync() => _silo = await TestSilo.StartAsync();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Message_Immutable_IsPassedWithoutACopy()
    {
        var value = new Fixed("a", [1, 2]);

        Assert.Same(value, await Grain.EchoFixed(value));
    }

    [Fact]
    public async Task Message_Mutable_IsCopiedOnTheWayThereAndBack()
    {
        var value = new Mutable { Items = { 1 }, NotSent = "here" };
        value.Next = value;

        var echo = await Grain.EchoMutable(value);

        Assert.Equal([1], value.Items);
        Assert.Equal([1, 99], echo.Items);
        Assert.Same(echo, echo.Next);
        Assert.Null(echo.NotSent);
    }

    [Fact]
    public async Task Message_DerivedRecord_IsCopiedWithItsBase()
    {
        var value = new Circle("c", [3]);
        var echo = Assert.IsType<Circle>(await Grain.EchoShape(value));

        Assert.Equal("c", echo.Name);
        Assert.Equal([3], echo.Radii);
        Assert.NotSame(value.Radii, echo.Radii);
    }

    [Fact]
    public async Task Message_Collections_AreCopiedThroughout()
    {
        var value = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase) { ["a"] = [1] };
        var echo = await Grain.EchoDictionary(value);

        Assert.Equal([1], echo["A"]);
        Assert.NotSame(value["a"], echo["a"]);
    }

    [Fact]
    public async Task Message_ImmutableParameter_IsNotCopied()
    {
        var value = new[] { 1 };
        await Grain.Increment(value);

        Assert.Equal([2], value);
    }

    [Fact]
    public async Task Argument_OfUnmarkedType_IsRefusedNamingTheType()
    {
        var exception = await Assert.ThrowsAsync<CodecNotFoundException>(
            () => _silo.Grains.GetGrain<IUnmarkedGrain>("u").Take(new Unmarked("x")));

        Assert.Contains(typeof(Unmarked).FullName!, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Argument_UnmarkedWithinAnObject_IsRefused() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain.EchoObject(new List<object> { new Unmarked("x") }));

    [Fact]
    public async Task Argument_ArrayAsListInAnImmutableRecord_IsPassedWithoutACopy()
    {
        var open = new Open(new[] { 1 });

        Assert.Same(open, await Grain.EchoOpen(open));
    }

    [Fact]
    public async Task Argument_ObserverItself_IsRefusedButAReferenceIsNot()
    {
        await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain.EchoObject(new NotAReference()));
        Assert.Equal(Grain, await Grain.EchoObject(Grain));
    }

    [Fact]
    public async Task RequestContext_UnmarkedValue_IsRefusedNamingTheType()
    {
        RequestContext.Set("odd", new Unmarked("x"));

        var exception = await Assert.ThrowsAsync<CodecNotFoundException>(() => Grain.EchoObject(1));
        Assert.Contains(typeof(Unmarked).FullName!, exception.Message, StringComparison.Ordinal);
    }

    private sealed class NotAReference : IGrainObserver;
}
