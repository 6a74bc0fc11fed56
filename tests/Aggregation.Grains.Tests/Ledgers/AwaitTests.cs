using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Tests.Ledgers;

public sealed class AwaitTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Push = nameof(IRollupGrain.Push);

    [Theory]
    [InlineData(County)]
    [InlineData(City)]
    [InlineData(Province)]
    public async Task Await_ParentHoldsPushesUp_CompletesOnlyWhenIncluded(string held)
    {
        Assert.Null(await TotalAsync(Province));
        var barrier = Silo.Gate.Block(Push, Key(held));
        var receipt = await SubmitAsync(CountyOne, "a", 5);
        var included = AwaitAsync(receipt);
        await barrier.Reached;

        Assert.False(included.IsCompleted);
        Assert.Null(await TotalAsync(Province));
        Assert.Equal(5, await TotalAsync(CountyOne));
        barrier.Release();

        var version = await included;
        var total = await ViewAsync(Province);
        Assert.Equal(5, Figure(total.Cells));
        Assert.True(total.Version >= version);
    }

    [Fact]
    public async Task Await_AtTheUnitItself_CompletesAtOnce()
    {
        var barrier = Silo.Gate.Block(Push, Key(County));
        var receipt = await SubmitAsync(CountyOne, "a", 5);

        Assert.Equal(new LedgerVersion(0, 1), await AwaitAsync(receipt, CountyOne));
        barrier.Release();
    }

    [Fact]
    public async Task Await_Cancelled_EndsAndHoldsNothingUp()
    {
        var barrier = Silo.Gate.Block(Push, Key(County));
        var receipt = await SubmitAsync(CountyOne, "a", 5);
        using var cancellation = new CancellationTokenSource();
        var included = Ledger(CountyOne).Await(
            Caller, new AwaitQuery { Revision = 1, AtUnit = Province }, cancellation.Token);
        await barrier.Reached;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => included);
        barrier.Release();
        await AwaitAsync(receipt);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Fact]
    public async Task Await_WhileHeldUp_DoesNotHoldUpSubmissions()
    {
        var barrier = Silo.Gate.Block(Push, Key(City));
        var first = AwaitAsync(await SubmitAsync(CountyOne, "a", 5));
        await barrier.Reached;

        var second = await SubmitAsync(CountyOne, "b", 6);

        Assert.Equal(2, second.Revision);
        Assert.False(first.IsCompleted);
        barrier.Release();
        await first;
        await AwaitAsync(second);
        Assert.Equal(6, await TotalAsync(Province));
    }

    [Fact]
    public async Task Await_SiloStopsMeanwhile_TellsToAskAgain()
    {
        var barrier = Silo.Gate.Block(Push, Key(County));
        var receipt = await SubmitAsync(CountyOne, "a", 5);
        var (included, asked) = AskFor(receipt);
        await Task.WhenAll(barrier.Reached, asked);

        await RestartAsync();

        await RefusedAsync(RefusalKind.Unavailable, () => included);
        await AwaitAsync(receipt);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Fact]
    public async Task Await_ActivationEndsMeanwhile_TellsToAskAgain()
    {
        var barrier = Silo.Gate.Block(Push, Key(County));
        var receipt = await SubmitAsync(CountyOne, "a", 5);
        var (included, asked) = AskFor(receipt);
        await Task.WhenAll(barrier.Reached, asked);

        await Silo.Gate.DeactivateAsync(Key(CountyOne));

        await RefusedAsync(RefusalKind.Unavailable, () => included);
        barrier.Release();
        await AwaitAsync(receipt);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Theory]
    [InlineData(CityOne)]
    [InlineData(CountyTwo)]
    [InlineData("999999")]
    public async Task Await_UnitThatIsNotAbove_IsRefused(string at)
    {
        var receipt = await SubmitAsync(CountyOne, "a", 5);

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => AwaitAsync(receipt, at));

        Assert.Equal(("at_unit", at), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Await_RevisionThatIsNot_IsNotFound(long revision)
    {
        await SubmitAsync(CountyOne, "a", 5);

        await RefusedAsync(RefusalKind.NotFound, () => Ledger(CountyOne).Await(
            Caller, new AwaitQuery { Revision = revision, AtUnit = Province }, CancellationToken.None));
    }
}
