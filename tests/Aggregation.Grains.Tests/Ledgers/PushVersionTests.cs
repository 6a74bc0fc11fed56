using System.Collections.Concurrent;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>Contributions that a parent tells apart by their version and by their structure.</summary>
public sealed class PushVersionTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Push = nameof(IRollupGrain.Push);

    [Fact]
    public async Task Push_DuplicateOrOlder_ChangesNothing()
    {
        var pushed = new ConcurrentQueue<Contribution>();
        Silo.Gate.OnPush = (parent, contribution) =>
        {
            if (parent.Unit is County or City)
            {
                pushed.Enqueue(contribution);
            }
        };
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyOne, "b", 7);
        await AwaitAsync(await WithdrawAsync(CountyOne, "c"));
        await SubmitAndAwaitAsync(CountyOne, "d", 9);
        Silo.Gate.OnPush = null;
        var before = await ViewAsync(Province);

        foreach (var contribution in pushed.Reverse().Concat(pushed))
        {
            var parent = contribution.Unit == CountyOne ? County : City;
            var held = await ViewAsync(parent);
            var ack = await Silo.Rollup(Key(parent)).Push(contribution);

            Assert.Equal(new PushAck(PushOutcome.Included, held.Version), ack);
        }

        var after = await ViewAsync(Province);
        Assert.Equal((before.Version, before.Digest, 9), (after.Version, after.Digest, Figure(after.Cells)));
        Assert.NotEmpty(pushed);
    }

    [Fact]
    public async Task Push_OfALowerEpoch_IsSupersededAndItsSenderDiscardsItself()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var held = await Silo.Rollup(Key(County)).Pull("territory");
        var ahead = held with { Version = new LedgerVersion(held.Version.Epoch + 1, 1) };
        Assert.Equal(PushOutcome.Included, (await Silo.Rollup(Key(City)).Push(ahead)).Outcome);
        Assert.Equal(PushOutcome.Superseded, (await Silo.Rollup(Key(City)).Push(held)).Outcome);
        var gone = Silo.Gate.DeactivatedAsync(Key(County));

        var receipt = await SubmitAsync(CountyOne, "b", 7);

        await gone.WaitAsync(TimeSpan.FromSeconds(60));
        await AwaitAgainAsync(receipt);
        Assert.True((await Silo.Rollup(Key(County)).Pull("territory")).Version > ahead.Version);
        Assert.Equal(7, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_OnAnotherStructureOrFromNoChild_IsNotTaken()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var held = await Silo.Rollup(Key(CountyOne)).Pull("territory");
        var later = held with { Version = new LedgerVersion(0, 9) };
        var county = Silo.Rollup(Key(County));
        var none = new PushAck(PushOutcome.StructureDiffers, default);

        Assert.Equal(none, await county.Push(later with { Members = default }));
        Assert.Equal(none, await county.Push(later with { Members = new Membership(held.Members.High, held.Members.Low + 1) }));
        Assert.Equal(none, await county.Push(later with { Unit = CityOne }));
        Assert.Equal(none, await county.Push(later with { Unit = "999999" }));
        Assert.Equal(none, await county.Push(later with { Tree = "education" }));
        Assert.Equal(none, await Silo.Rollup(Key(City)).Push(later));
        Assert.Equal(5, await TotalAsync(City));
    }

    [Fact]
    public async Task Push_StructureGrowsWhileItIsHeldUp_ArrivesInTheNewOne()
    {
        var barrier = Silo.Gate.Block(Push, Key(City));
        await SubmitAsync(Lonely, "a", 3);
        await barrier.Reached;
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand
        {
            Csv = "code,name,kind,level,parent,from,to\n360302-S01,New,department,,360302,,",
        });

        barrier.Release();
        await AwaitAgainAsync(await SubmitAsync("360302-S01", "b", 4));

        Assert.Equal(7, await TotalAsync(Province));
        Assert.Equal(7, await TotalAsync(Lonely));
        Assert.Equal(3, await TotalAsync(Lonely, Scope.Own));
        Assert.Equal(10, (await ViewAsync(Province)).Coverage.Expected);
    }

    /// <summary>As a client does: a ledger that leaves memory tells those who wait to ask again.</summary>
    private async Task AwaitAgainAsync(Receipt receipt)
    {
        for (var i = 0; i < 20; i++)
        {
            try
            {
                await AwaitAsync(receipt);
                return;
            }
            catch (Contracts.RefusedException refusal) when (refusal.Kind == Contracts.RefusalKind.Unavailable)
            {
                // Asked again.
            }
        }

        await AwaitAsync(receipt);
    }
}
