using System.Diagnostics.Metrics;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Structure;

/// <summary>A ledger that waits for one branch goes on saying what it said, and swaps at once when the branch has come.</summary>
public sealed class SwapTests(ClassSilo silo) : SiloTest(silo)
{
    private const string PullAt = nameof(IRollupGrain.PullAt);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected override Dictionary<string, string> Settings => new() { ["SwapAlarm"] = "00:00:00.100" };

    [Fact]
    public async Task Swap_OneBranchIsStuck_HoldsAlarmsAndThenSwapsAtOnce()
    {
        using var alarms = new Alarms(Silo.Services.GetRequiredService<IMeterFactory>());
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyTwo, "b", 7);
        await SubmitAndAwaitAsync(CityOne, "c", 100);
        var before = await ViewAsync(City);
        var stuck = Silo.Gate.Block(PullAt, Key(County));

        await MoveAsync(CountyTwo, CityOne);

        await stuck.Reached.WaitAsync(Patience);
        await alarms.Raised.WaitAsync(Patience);
        Assert.Equal((112L, before.StructureVersion), (await TotalAsync(City), (await ViewAsync(City)).StructureVersion));
        Assert.Equal(112, await TotalAsync(Province));

        // A branch that is not concerned goes on meanwhile, and is seen.
        await AwaitAsync(await SubmitAsync(CityTwo, "d", 1_000), City);
        Assert.Equal(1_112, await TotalAsync(City));
        Assert.Equal(12, Figure((await PartsAsync(City))[County].Cells));

        stuck.Release();
        await Silo.Rollup(Key(City)).PullAt(Names.Territory, 2).WaitAsync(Patience);
        var parts = await PartsAsync(City);
        Assert.Equal((5L, 107L, 1_112L), (Figure(parts[County].Cells), Figure(parts[CityOne].Cells), await TotalAsync(City)));
        Assert.Equal(2, (await ViewAsync(City)).StructureVersion);
        Assert.True((await ViewAsync(City)).Version > before.Version);
    }

    [Fact]
    public async Task Swap_WhileItWaits_APushOnTheNewStructureIsHeldUntilThen()
    {
        await SubmitAndAwaitAsync(CountyTwo, "a", 7);
        await SubmitAndAwaitAsync(CityOne, "b", 100);
        var stuck = Silo.Gate.Block(PullAt, Key(County));
        await MoveAsync(CountyTwo, CityOne);
        await stuck.Reached.WaitAsync(Patience);
        await Silo.Rollup(Key(CityOne)).PullAt(Names.Territory, 2).WaitAsync(Patience);
        Assert.Equal(107, await TotalAsync(CityOne));

        var receipt = await SubmitAsync(CountyTwo, "c", 8);
        await AwaitAsync(receipt, CityOne);
        var included = AwaitAsync(receipt);

        Assert.Equal((108L, 107L), (await TotalAsync(CityOne), await TotalAsync(City)));
        Assert.False(included.IsCompleted);
        stuck.Release();
        await included.WaitAsync(Patience);
        Assert.Equal((108L, 108L), (await TotalAsync(City), await TotalAsync(Province)));
    }

    [Fact]
    public async Task Swap_BranchFailsAFewTimes_IsAskedAgain()
    {
        await SubmitAndAwaitAsync(CountyTwo, "a", 7);
        Silo.Gate.Fail(PullAt, Key(County), times: 3);

        await MoveAsync(CountyTwo, CityOne);

        await Silo.Rollup(Key(City)).PullAt(Names.Territory, 2).WaitAsync(Patience);
        Assert.Equal((null, 7L, 7L), (await TotalAsync(County), await TotalAsync(CityOne), await TotalAsync(City)));
    }

    [Fact]
    public async Task Swap_MovedBackWhileItWaits_AimsAtTheLatestStructure()
    {
        await SubmitAndAwaitAsync(CountyTwo, "a", 7);
        await SubmitAndAwaitAsync(Institute, "b", 100);
        var stuck = Silo.Gate.Block(PullAt, Key(County));
        await MoveAsync(CountyTwo, CityOne);
        await stuck.Reached.WaitAsync(Patience);

        await MoveAsync(CountyTwo, County, version: 2);
        stuck.Release();

        foreach (var unit in new[] { County, CityOne, City, Province })
        {
            await Silo.Rollup(Key(unit)).PullAt(Names.Territory, 3).WaitAsync(Patience);
        }

        Assert.Equal((7L, 100L, 107L), (await TotalAsync(County), await TotalAsync(CityOne), await TotalAsync(City)));
        await AwaitAsync(await SubmitAsync(CountyTwo, "c", 9));
        Assert.Equal((9L, 109L), (await TotalAsync(County), await TotalAsync(Province)));
    }

    [Fact]
    public async Task Swap_AboveTheCommonAncestor_NothingIsAsked()
    {
        await SubmitAndAwaitAsync(CountyTwo, "a", 7);
        await SubmitAndAwaitAsync(CityOne, "b", 100);
        var version = (await ViewAsync(Province)).Version;

        await MoveAsync(CountyTwo, CityOne);
        await Silo.Rollup(Key(City)).PullAt(Names.Territory, 2).WaitAsync(Patience);

        Assert.Equal(0, Silo.Gate.Count(PullAt, Key(Province)));
        Assert.Equal(107, await TotalAsync(Province));
        Assert.Equal(version.Epoch, (await ViewAsync(Province)).Version.Epoch);
    }

    /// <summary>A child that follows a later structure can be gone while its parent still wakes on the one before.</summary>
    [Fact]
    public async Task Wake_AChildIsNotThereAnyMore_IsNotSaidOfTheParent()
    {
        Silo.Gate.Refuse(PullAt, Key(County), new RefusedException(RefusalKind.NotFound, "There is no such unit."));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => TotalAsync(City));

        Assert.Equal(RefusalKind.Unavailable, refused.Kind);
        await SubmitAndAwaitAsync(CountyTwo, "a", 7);
        Assert.Equal(7, await TotalAsync(City));
    }

    private async Task<Dictionary<string, Part>> PartsAsync(string unit) =>
        (await Ledger(unit).Children(Caller, new TotalQuery())).Parts.Where(part => !part.IsOwn).ToDictionary(part => part.Unit);

    private Task<Restructured> MoveAsync(string unit, string parent, long version = 1) => Silo.Tenant(Tenant).ApplyRestructuring(
        Caller, new RestructureCommand
        {
            Changes = [new StructureChange { Line = 1, Change = "move", From = "2017-07-01", Unit = unit, Parent = parent }],
            StructureVersion = version,
            AcceptLoss = true,
        });

    /// <summary>Hears of the silo's alarms from now on: of one alone, as every other test here lets its ledgers swap.</summary>
    private sealed class Alarms : IDisposable
    {
        private readonly TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly MeterListener _listener = new();

        public Alarms(IMeterFactory own)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, own) && instrument.Name == "aggregation.ledger.swap.stuck")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
            {
                if (value > 0)
                {
                    _raised.TrySetResult();
                }
            });
            _listener.Start();
        }

        public Task Raised => _raised.Task;

        public void Dispose() => _listener.Dispose();
    }
}
