using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Periods;

public sealed class YearToDateGrainTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Opened = "360399";

    [Fact]
    public async Task GetTotal_OfAQuarter_SumsFlowsTakesTheLastStockAndShowsEachPeriodsCoverage()
    {
        await FileAsync(CountyOne, "2017Q1", ("6", 1), ("8.1", 10), ("3.2", 2), ("3.2.1", 1), ("3.2.2", 1));
        await FileAsync(CountyTwo, "2017Q1", ("6", 100));
        await FileAsync(CountyOne, "2017Q2", ("6", 10), ("8.1", 20), ("8.2", 5));
        await FileAsync(CountyOne, "2017Q3", ("6", 0), ("8.1", 30), ("3.2", 1), ("3.2.1", 1));
        await FileAsync(CountyTwo, "2017Q3", ("8.1", 3));
        await FileAsync(CountyOne, "2017Q4", ("6", 1000), ("8.1", 1000));
        await FileAsync(CountyOne, "2016Q3", ("6", 1000), ("8.1", 1000));

        var view = await GetAsync(Province, "2017Q3");

        Assert.Equal(
            [("3.2", 3L, 2), ("3.2.1", 2L, 2), ("3.2.2", 1L, 1), ("6", 111L, 4), ("8.1", 33L, 2)],
            view.Cells.Select(cell => (cell.Cell, cell.Amount.Units, cell.Count)));
        Assert.Equal(new Amount(66, 700_000_000), Assert.Single(view.Derived, derived => derived.Code == "on-time-rate").Value);
        Assert.Equal(
            [("2017Q1", new Coverage(9, 2, 2, 0, 0)), ("2017Q2", new Coverage(9, 1, 1, 0, 0)), ("2017Q3", new Coverage(9, 2, 2, 0, 0))],
            view.Periods.Select(period => (period.Period, period.Coverage)));
        Assert.Equal(("Province", Statutory("2017Q3", Province)), (view.UnitName, view.Ledger));
        foreach (var period in view.Periods)
        {
            var total = await Silo.Ledger(Statutory(period.Period, Province)).GetTotal(Caller, new TotalQuery());
            Assert.Equal((total.Digest, total.Version, total.StructureVersion), (period.Digest, period.Version, period.StructureVersion));
        }

        Assert.Equal(
            view.Periods.Aggregate(SetDigest.Zero, (sum, period) => sum + SetDigest.Parse(period.Digest)).ToString(), view.Digest);
        Assert.NotEqual(SetDigest.Zero.ToString(), view.Digest);
    }

    [Fact]
    public async Task GetTotal_EveryScopeAndLayer_IsOfThatScopeAndLayer()
    {
        await FileAsync(City, "2017Q1", ("6", 1));
        await FileAsync(CityOne, "2017Q1", ("6", 10));
        await FileAsync(CityOne, "2017Q2", ("6", 100));
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
        await FileAsync(CountyOne, "2017Q2", ("6", 1000));

        async Task<long?> Of(Scope scope, Layer layer) =>
            Figure((await GetAsync(City, "2017Q2", new TotalQuery { Scope = scope, Layer = layer })).Cells, "6");
        Assert.Equal(1, await Of(Scope.Own, Layer.Submitted));
        Assert.Equal(111, await Of(Scope.Level, Layer.Submitted));
        Assert.Equal(1111, await Of(Scope.Region, Layer.Submitted));
        Assert.Equal(111, await Of(Scope.Region, Layer.Accepted));
    }

    [Fact]
    public async Task GetTotal_NothingFiled_IsEmptyAndNotZero()
    {
        var view = await GetAsync(County, "2017Q2");

        Assert.Empty(view.Cells);
        Assert.Equal(SetDigest.Zero.ToString(), view.Digest);
        Assert.All(view.Derived, derived => Assert.Null(derived.Value));
        Assert.Equal([new Coverage(3, 0, 0, 0, 0), new Coverage(3, 0, 0, 0, 0)], view.Periods.Select(period => period.Coverage));
    }

    [Fact]
    public async Task GetTotal_OfMonthsOrAYear_CombinesThatKindOnly()
    {
        foreach (var (period, value) in new[] { ("2017-01", 1), ("2017-02", 10), ("2017-03", 100), ("2017Q1", 1000), ("2017", 10_000) })
        {
            await AwaitAsync(await Ledger(CountyOne, period).Submit(Caller, Command(period, value), CancellationToken.None));
        }

        async Task<long?> Of(string period) => Figure((await Silo.YearToDate(Key(Province, period)).GetTotal(Caller, new TotalQuery(), null, default)).Cells);
        Assert.Equal(1, await Of("2017-01"));
        Assert.Equal(111, await Of("2017-05"));
        Assert.Equal(1000, await Of("2017Q1"));
        Assert.Equal(10_000, await Of("2017"));
    }

    [Fact]
    public async Task GetTotal_UnitThatCameDuringTheYear_CountsFromThenOn()
    {
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand
        {
            Csv = $"code,name,kind,level,parent,from,to\n{Opened},New county,government,county,{City},2017-04-01,",
        });
        await FileAsync(Opened, "2017Q2", ("6", 5), ("8.1", 1));

        var view = await GetAsync(Opened, "2017Q2");

        Assert.Equal([("6", 5L), ("8.1", 1L)], view.Cells.Select(cell => (cell.Cell, cell.Amount.Units)));
        Assert.Equal([default, new Coverage(1, 1, 1, 0, 0)], view.Periods.Select(period => period.Coverage));
        await RefusedAsync(RefusalKind.NotFound, () => GetAsync(Opened, "2017Q1"));
    }

    [Fact]
    public async Task GetTotal_WrongPeriodUnitOrTree_IsRefused()
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => GetAsync(City, "2017-03"));
        Assert.Equal(("period", "2017-03"), (refusal.Violations[0].Field, refusal.Violations[0].Value));
        await RefusedAsync(RefusalKind.NotFound, () => GetAsync("999999", "2017Q1"));
        await RefusedAsync(RefusalKind.NotFound, () => GetAsync(City, "2017Q2", new TotalQuery { Tree = "health" }));
    }

    [Fact]
    public async Task GetTotal_WrongTenantSubtreeOrRole_IsRefused()
    {
        var none = Caller with { Submit = null, Read = null };
        var grain = Silo.YearToDate(Statutory("2017Q2", County));

        await RefusedAsync(RefusalKind.NotFound, () => grain.GetTotal(Caller with { Tenant = "north" }, new TotalQuery(), null, default));
        await RefusedAsync(RefusalKind.NotFound, () => grain.GetTotal(TestSilo.Platform, new TotalQuery(), null, default));
        await RefusedAsync(RefusalKind.Forbidden, () => grain.GetTotal(none, new TotalQuery(), null, default));
        await RefusedAsync(RefusalKind.Forbidden, () => grain.GetTotal(none with { Submit = Everything }, new TotalQuery(), null, default));
        await RefusedAsync(RefusalKind.Forbidden, () => grain.GetTotal(Reading(CityOne), new TotalQuery(), null, default));
        await RefusedAsync(RefusalKind.Forbidden, () => grain.GetTotal(Reading(CountyOne), new TotalQuery(), null, default));
        await grain.GetTotal(Reading(County), new TotalQuery(), null, default);

        Caller Reading(string unit) => none with { Read = new Subtree(Names.Territory, unit) };
    }

    private static Subtree Everything => new(Names.Territory, Subtree.Everything);

    private LedgerKey Statutory(string period, string unit) => new(Tenant, "2014", period, unit);

    private Task<YearToDateView> GetAsync(string unit, string period, TotalQuery? query = null, AsOfPoint? asOf = null) =>
        Silo.YearToDate(Statutory(period, unit)).GetTotal(Caller, query ?? new TotalQuery(), asOf, default);

    private async Task FileAsync(string unit, string period, params (string Cell, long Value)[] cells) => await AwaitAsync(
        await Silo.Ledger(Statutory(period, unit)).Submit(
            Caller,
            TestSilo.Command($"{period}.{unit}", [.. cells]) with
            {
                Explanations = [new Explanation("3.3=3.2", "explained"), new Explanation("3.2<=3.1", "explained")],
            },
            CancellationToken.None));
}
