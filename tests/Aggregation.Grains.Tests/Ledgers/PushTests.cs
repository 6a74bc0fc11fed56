using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>Contributions on their way up: conflated, and tried again until they arrive.</summary>
public sealed class PushTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Push = nameof(IRollupGrain.Push);

    [Theory]
    [InlineData(CountyOne)]
    [InlineData(County)]
    public async Task Push_FiftyRevisionsWhileOneIsHeldUp_TakeOneMore(string unit)
    {
        var parent = unit == County ? City : County;
        var barrier = Silo.Gate.Block(Push, Key(parent));
        await SubmitAsync(unit, "first", 1);
        await barrier.Reached;
        Receipt last = null!;
        for (var i = 1; i <= 50; i++)
        {
            last = await SubmitAsync(unit, $"r{Text(i)}", i);
        }

        Assert.Equal(1, Silo.Gate.Count(Push, Key(parent)));

        // Asked first: a leaf that had arrived and left memory would push once more when it is woken by the question.
        var (included, asked) = AskFor(last, parent);
        await asked;
        barrier.Release();
        await included;

        Assert.Equal(2, Silo.Gate.Count(Push, Key(parent)));
        await AwaitAsync(last);
        Assert.Equal(50, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_FiftyChildrenWhileTheParentIsHeldUp_TakeOneMore()
    {
        await SubmitAndAwaitAsync(CountyTwo, "first", 1);
        var before = Silo.Gate.Count(Push, Key(City));
        var barrier = Silo.Gate.Block(Push, Key(City));
        await AwaitAsync(await SubmitAsync(CountyOne, "a", 1), County);
        await barrier.Reached;
        Receipt last = null!;
        for (var i = 1; i <= 50; i++)
        {
            last = await SubmitAsync(CountyOne, $"r{Text(i)}", i);
            await AwaitAsync(last, County);
        }

        barrier.Release();
        await AwaitAsync(last);

        Assert.Equal(before + 2, Silo.Gate.Count(Push, Key(City)));
        Assert.Equal(51, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_ParentThrows_IsTriedAgain()
    {
        Silo.Gate.Fail(Push, Key(County), times: 3);
        var barrier = Silo.Gate.Block(Push, Key(County));

        // Asked while the push is held up, for the same reason as above.
        var (included, asked) = AskFor(await SubmitAsync(CountyOne, "a", 5));
        await asked;
        barrier.Release();
        await included;

        Assert.Equal(5, await TotalAsync(Province));
        Assert.Equal(4, Silo.Gate.Count(Push, Key(County)));
    }

    [Fact]
    public async Task Push_ActivationEndedBeforeItArrived_ArrivesWithoutAnybodyAsking()
    {
        var arrived = new TaskCompletionSource();
        var barrier = Silo.Gate.Block(Push, Key(County));
        await SubmitAsync(CountyOne, "a", 5);
        await barrier.Reached;
        Silo.Gate.OnPush = (parent, contribution) =>
        {
            if (parent.Unit == County && contribution.Version == new LedgerVersion(0, 1))
            {
                arrived.TrySetResult();
            }
        };

        await Silo.Gate.DeactivateAsync(Key(CountyOne));

        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        barrier.Release();
    }

    /// <summary>
    /// As when a silo is lost that kept the ledger's registration. A parent that wakes asks its children before it takes a push: a child that waited for
    /// that push's end before its own would keep both from coming to one.
    /// </summary>
    [Fact]
    public async Task Push_ParentAsksAnActivationThatIsToEnd_BothGoOn()
    {
        var barrier = Silo.Gate.Block(Push, Key(City));
        var receipt = await SubmitAsync(County, "a", 5);
        await barrier.Reached;

        await Silo.Gate.DeactivateAsync(Key(County)).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(5, await TotalAsync(County));

        barrier.Release();
        await AwaitAsync(receipt);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Fact]
    public async Task Submit_LeafThatArrived_LeavesMemory()
    {
        await SubmitAsync(CountyOne, "a", 5);

        await Silo.Gate.DeactivatedAsync(Key(CountyOne)).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(5, await TotalAsync(CountyOne));
    }
}
