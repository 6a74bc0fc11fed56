using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Structure;

/// <summary>A department moved between counties, and a county merged into another, between two years.</summary>
public sealed class SeriesTests(ClassSilo silo) : SiloTest(silo)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await FileAsync("2016", CountyOne, 5);
        await FileAsync("2016", CountyTwo, 7);
        await FileAsync("2016", Lonely, 11);
        await FileAsync("2016", CityTwo, 100);
        await Silo.Tenant(Tenant).ApplyRestructuring(Caller, new RestructureCommand
        {
            StructureVersion = 1,
            Changes =
            [
                new StructureChange { Line = 1, Change = "move", From = "2017-01-01", Unit = CountyTwo, Parent = CityOne },
                new StructureChange { Line = 2, Change = "merge", From = "2017-01-01", Unit = Lonely, Into = County },
            ],
        });
        await FileAsync("2017", CountyOne, 50);
        await FileAsync("2017", CountyTwo, 70);
    }

    [Fact]
    public async Task Series_AsItWas_IsEachPeriodsOwnTotal()
    {
        var series = await SeriesAsync(County, StructureMode.AsItWas);

        Assert.Null(series.On);
        Assert.Equal([12L, 50L], series.Points.Select(point => Figure(point.Cells)));
        Assert.Equal([new Coverage(3, 2, 2, 0, 0), new Coverage(2, 1, 1, 0, 0)], series.Points.Select(point => point.Coverage));
        Assert.Equal((await Ledger(County, "2016").GetTotal(Caller, new TotalQuery())).Digest, series.Points[0].Digest);
    }

    [Fact]
    public async Task Series_Restated_PutsEveryPeriodOnTheDaysTree()
    {
        var series = await SeriesAsync(County, StructureMode.Restated);

        Assert.Equal((StructureMode.Restated, new DateOnly(2018, 1, 1), 2), (series.Mode, series.On, series.StructureVersion));

        // CountyTwo has gone to the city's department, and the merged county's figures have come.
        Assert.Equal([16L, 50L], series.Points.Select(point => Figure(point.Cells)));
        Assert.Equal([new Coverage(3, 2, 2, 0, 0), new Coverage(2, 1, 1, 0, 0)], series.Points.Select(point => point.Coverage));
        Assert.Equal([7L, 70L], (await SeriesAsync(CityOne, StructureMode.Restated)).Points.Select(point => Figure(point.Cells)));
    }

    [Fact]
    public async Task Series_RestatedOnAnEarlierDay_IsOnThatDaysTree()
    {
        var series = await SeriesAsync(County, StructureMode.Restated, on: new DateOnly(2016, 12, 31));

        Assert.Equal([12L, 120L], series.Points.Select(point => Figure(point.Cells)));
    }

    [Theory]
    [InlineData(Scope.Own, 11L)]
    [InlineData(Scope.Level, 16L)]
    [InlineData(Scope.Region, 16L)]
    public async Task Series_Restated_CountsASuccessorsHeritageInEachScope(Scope scope, long expected) =>
        Assert.Equal(expected, Figure((await SeriesAsync(County, StructureMode.Restated, scope)).Points[0].Cells));

    [Theory]
    [InlineData(StructureMode.AsItWas)]
    [InlineData(StructureMode.Restated)]
    public async Task Series_AtTheRoot_IsTheSameEitherWay(StructureMode mode) =>
        Assert.Equal([123L, 120L], (await SeriesAsync(Province, mode)).Points.Select(point => Figure(point.Cells)));

    [Fact]
    public async Task Series_UnitThatWasNotThereInAPeriod_SaysSo()
    {
        var series = await SeriesAsync(Lonely, StructureMode.AsItWas);

        Assert.Equal([true, false], series.Points.Select(point => point.InForce));
        await RefusedAsync(RefusalKind.NotFound, () => SeriesAsync(Lonely, StructureMode.Restated));
        await RefusedAsync(RefusalKind.NotFound, () => SeriesAsync("999999", StructureMode.AsItWas));
    }

    [Theory]
    [InlineData(StructureMode.AsItWas)]
    [InlineData(StructureMode.Restated)]
    public async Task Series_WrongTenantOrSubtree_IsRefused(StructureMode mode)
    {
        var narrow = Caller with { Read = new Subtree(Names.Territory, CityOne) };
        await RefusedAsync(RefusalKind.Forbidden, () => SeriesAsync(County, mode, caller: narrow));
        await RefusedAsync(RefusalKind.NotFound, () => SeriesAsync(County, mode, caller: TestSilo.Everything("north")));
    }

    [Fact]
    public async Task Series_NoPeriods_IsRefusedByField()
    {
        var grain = Silo.Grains.GetGrain<ISeriesGrain>(Key(County).ToString());

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => grain.GetSeries(
            Caller, new SeriesQuery { Total = new TotalQuery(), Periods = [], Mode = StructureMode.AsItWas }));

        Assert.Equal("periods", Assert.Single(refusal.Violations).Field);
    }

    private Task<SeriesView> SeriesAsync(
        string unit, StructureMode mode, Scope scope = Scope.Region, DateOnly? on = null, Caller? caller = null) =>
        Silo.Grains.GetGrain<ISeriesGrain>(Key(unit).ToString()).GetSeries(caller ?? Caller, new SeriesQuery
        {
            Total = new TotalQuery { Scope = scope },
            Periods = ["2016", "2017"],
            Mode = mode,
            On = on ?? (mode == StructureMode.Restated ? new DateOnly(2018, 1, 1) : null),
        });

    private async Task FileAsync(string period, string unit, long value)
    {
        var receipt = await Ledger(unit, period).Submit(Caller, Command($"{unit}.{period}", value), CancellationToken.None);
        await AwaitAsync(receipt);
    }
}
