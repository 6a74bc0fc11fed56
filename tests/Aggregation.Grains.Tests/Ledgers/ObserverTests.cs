using System.Threading.Channels;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Grains.Tests.Ledgers;

public sealed class ObserverTests(ClassSilo silo) : SiloTest(silo)
{
    [Fact]
    public async Task Subscribe_ThenAChange_IsToldTheVersion()
    {
        var (observer, reference) = Observe();
        var before = await Ledger(Province).Subscribe(Caller, Names.Territory, reference);

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        var version = await observer.NextAsync();
        Assert.True(version > before);
        Assert.Equal(version, (await ViewAsync(Province)).Version);
    }

    [Fact]
    public async Task Subscribe_ManyChanges_TheLastIsToldInTheEnd()
    {
        var (observer, reference) = Observe();
        await Ledger(Province).Subscribe(Caller, Names.Territory, reference);
        for (var i = 0; i < 20; i++)
        {
            await SubmitAndAwaitAsync(CountyOne, $"r{Text(i)}", i);
        }

        var last = (await ViewAsync(Province)).Version;
        while (await observer.NextAsync() != last)
        {
            // Earlier versions.
        }
    }

    [Fact]
    public async Task Unsubscribe_ThenAChange_IsNotTold()
    {
        var (gone, goneReference) = Observe();
        var (stays, staysReference) = Observe();
        await Ledger(Province).Subscribe(Caller, Names.Territory, goneReference);
        await Ledger(Province).Subscribe(Caller, Names.Territory, staysReference);
        await Ledger(Province).Unsubscribe(Names.Territory, goneReference);

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        await stays.NextAsync();
        Assert.Equal(0, gone.Count);
    }

    [Fact]
    public async Task Subscribe_LeaseOver_IsForgotten()
    {
        var (gone, goneReference) = Observe();
        var (stays, staysReference) = Observe();
        await Ledger(Province).Subscribe(Caller, Names.Territory, goneReference);
        await Ledger(Province).Subscribe(Caller, Names.Territory, staysReference);
        Silo.Clock.Advance(TimeSpan.FromSeconds(59));
        await Ledger(Province).Subscribe(Caller, Names.Territory, staysReference);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        await stays.NextAsync();
        Assert.Equal(0, gone.Count);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task Subscribe_TimeOfDaySet_IsToldAllTheSame(int days)
    {
        var (observer, reference) = Observe();
        await Ledger(Province).Subscribe(Caller, Names.Territory, reference);
        Spoil();
        Silo.Clock.Set(TimeSpan.FromDays(days));

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        Assert.Equal((await ViewAsync(Province)).Version, await observer.NextAsync());
    }

    /// <summary>The journal still knows the epoch of the time when the unit had a child.</summary>
    [Fact]
    public async Task Subscribe_UnitThatLostItsOnlyChild_StaysThroughAnEpochCheck()
    {
        await SubmitAndAwaitAsync(Institute, "a", 3);
        Assert.Equal(3, await TotalAsync(CityOne));
        await Silo.Tenant(Tenant).ApplyRestructuring(Caller, new RestructureCommand
        {
            StructureVersion = 1,
            AcceptLoss = true,
            Changes = [new StructureChange { Line = 1, Change = "move", From = "2017-01-01", Unit = Institute, Parent = CityTwo }],
        });
        await Silo.Gate.DeactivateAsync(Key(CityOne));
        var (observer, reference) = Observe();
        await Ledger(CityOne).Subscribe(Caller, Names.Territory, reference);

        await Silo.CheckEpochsAsync();
        await SubmitAndAwaitAsync(CityOne, "b", 5);

        await observer.NextAsync();
        Assert.Equal((5L, 8L), (await TotalAsync(CityOne), await TotalAsync(Province)));
    }

    [Fact]
    public async Task Subscribe_ObserverThrows_HoldsNothingUp()
    {
        var thrower = new ThrowingObserver();
        await Ledger(Province).Subscribe(Caller, Names.Territory, Silo.Grains.CreateObjectReference<ILedgerObserver>(thrower));
        var (observer, reference) = Observe();
        await Ledger(Province).Subscribe(Caller, Names.Territory, reference);

        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await observer.NextAsync();
        await SubmitAndAwaitAsync(CountyOne, "b", 6);
        await observer.NextAsync();

        Assert.Equal(6, await TotalAsync(Province));
        GC.KeepAlive(thrower);
    }

    private (RecordingObserver Observer, ILedgerObserver Reference) Observe()
    {
        var observer = new RecordingObserver();
        return (observer, Silo.Grains.CreateObjectReference<ILedgerObserver>(observer));
    }
}

/// <summary>With a long interval between notifications.</summary>
public sealed class ObserverIntervalTests(ClassSilo silo) : SiloTest(silo)
{
    protected override Dictionary<string, string> Settings => new() { ["NotifyInterval"] = "00:01:00" };

    [Fact]
    public async Task Subscribe_ManyChangesInOneInterval_IsToldOnce()
    {
        var observer = new RecordingObserver();
        await Ledger(Province).Subscribe(
            Caller, Names.Territory, Silo.Grains.CreateObjectReference<ILedgerObserver>(observer));
        for (var i = 0; i < 10; i++)
        {
            await SubmitAndAwaitAsync(CountyOne, $"r{Text(i)}", i);
        }

        await observer.NextAsync();
        Assert.Equal(1, observer.Count);
    }
}

internal sealed class RecordingObserver : ILedgerObserver
{
    private readonly Channel<LedgerVersion> _versions = Channel.CreateUnbounded<LedgerVersion>();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Changed(LedgerVersion version)
    {
        Interlocked.Increment(ref _count);
        _versions.Writer.TryWrite(version);
    }

    public void Left() => _versions.Writer.TryComplete();

    public Task<LedgerVersion> NextAsync() => _versions.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}

internal sealed class ThrowingObserver : ILedgerObserver
{
    public void Changed(LedgerVersion version) => throw new InvalidOperationException("This observer always fails.");

    public void Left() => Changed(default);
}
