using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>Totals opened into parts, and trees by line beside the one by territory.</summary>
public sealed class TotalsTests(ClassSilo silo) : SiloTest(silo)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits });
    }

    [Fact]
    public async Task Children_EveryScopeAndLayer_SumToTheTotal()
    {
        await FillAsync();
        foreach (var unit in new[] { Province, City, CityOne, County, CountyOne, Lonely })
        {
            foreach (var query in Queries())
            {
                var view = await Ledger(unit).Children(Caller, query);

                var given = view.Parts.Select(part => Figure(part.Cells)).Where(figure => figure is not null).ToList();
                Assert.Equal(Figure(view.Total.Cells), given.Count == 0 ? null : given.Sum());
                Assert.Equal(view.Total.Coverage, view.Parts.Aggregate(default(Coverage), (all, part) => all + part.Coverage));
                Assert.Equal(view.Total.Digest, view.Parts.Aggregate(
                    SetDigest.Zero, (all, part) => all + SetDigest.Parse(part.Digest)).ToString());
                Assert.Equal(Figure(view.Total.Cells, "1.1"), Figure((await Ledger(unit).GetTotal(Caller, query)).Cells));
            }
        }
    }

    [Fact]
    public async Task Children_OfACity_ListsOwnAndEachChildInOrder()
    {
        await FillAsync();

        var region = await Ledger(City).Children(Caller, new TotalQuery());
        var level = await Ledger(City).Children(Caller, new TotalQuery { Scope = Scope.Level });

        Assert.Equal([City, CityOne, CityTwo, County, Lonely], region.Parts.Select(part => part.Unit));
        Assert.Equal([City, CityOne, CityTwo], level.Parts.Select(part => part.Unit));
        Assert.Equal([true, false, false, false, false], region.Parts.Select(part => part.IsOwn));
        Assert.Equal([false, true, false, true, false], region.Parts.Select(part => part.CanOpen));
    }

    [Fact]
    public async Task Children_Leaves_NameTheSubmissionBehindThem()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var receipt = await SubmitAndAwaitAsync(CountyOne, "b", 6);
        var own = await SubmitAndAwaitAsync(County, "c", 1);

        var view = await Ledger(County).Children(Caller, new TotalQuery());

        Assert.Equal(new SubmissionSource(1, "test-key", own.At), view.Parts[0].Source);
        Assert.Equal(new SubmissionSource(2, "test-key", receipt.At), view.Parts[1].Source);
        Assert.Null(view.Parts[2].Source);
        var above = await Ledger(City).Children(Caller, new TotalQuery());
        Assert.Null(above.Parts.Single(part => part.Unit == County).Source);
        await RestartAsync();
        Assert.Equal(
            new SubmissionSource(2, "test-key", receipt.At),
            (await Ledger(County).Children(Caller, new TotalQuery())).Parts[1].Source);
    }

    [Fact]
    public async Task GetTotal_UnitInTwoTrees_CountsOnceInEach()
    {
        await SubmitAndAwaitAsync(CityOne, "a", 10);
        await SubmitAndAwaitAsync(Institute, "b", 100);
        var receipt = await SubmitAndAwaitAsync(CountyOne, "c", 5);
        await AwaitAsync(receipt, CityOne, Line);

        Assert.Equal(115, await TotalAsync(Province));
        Assert.Equal(15, await TotalAsync(CityOne, tree: Line));
        Assert.Equal(110, await TotalAsync(CityOne));
        Assert.Equal(new Coverage(2, 2, 2, 0, 0), (await ViewAsync(CityOne, tree: Line)).Coverage);
        await RestartAsync();
        Assert.Equal(115, await TotalAsync(Province));
        Assert.Equal(15, await TotalAsync(CityOne, tree: Line));
    }

    [Fact]
    public async Task GetTotal_RightInOneTree_DoesNotOpenTheOther()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var line = Caller with { Read = new Subtree(Line, CityOne), Submit = null, IsAdministrator = false };
        var territory = Caller with { Read = new Subtree(Names.Territory, CityOne), Submit = null, IsAdministrator = false };
        var query = new TotalQuery { Tree = Line };

        await Ledger(CityOne).GetTotal(line, query);
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CityOne).GetTotal(line, new TotalQuery()));
        await Ledger(CityOne).GetTotal(territory, new TotalQuery());
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CityOne).GetTotal(territory, query));
        Assert.Equal(1, (await Ledger(CountyOne).Get(line, null, CancellationToken.None)).Receipt.Revision);
        await RefusedAsync(
            RefusalKind.Forbidden, () => Ledger(CountyOne).Get(territory, null, CancellationToken.None));
    }

    [Fact]
    public async Task GetTotal_TreeThatIsNot_IsNotFound() =>
        await RefusedAsync(RefusalKind.NotFound, () => Ledger(City).GetTotal(Caller, new TotalQuery { Tree = "health" }));

    [Fact]
    public async Task GetTotal_UnitOutsideTheTree_IsNotFound() =>
        await RefusedAsync(RefusalKind.NotFound, () => Ledger(City).GetTotal(Caller, new TotalQuery { Tree = Line }));

    [Fact]
    public async Task GetTotal_DerivedRate_IsComputedFromTheSums()
    {
        await AwaitAsync(await Ledger(CountyOne).Submit(
            Caller, TestSilo.Command("a", ("1.1", 10), ("1.2", 9)), CancellationToken.None));
        await AwaitAsync(await Ledger(CountyTwo).Submit(
            Caller, TestSilo.Command("a", ("1.1", 30), ("1.2", 6)), CancellationToken.None));

        var derived = (await ViewAsync(Province)).Derived;

        Assert.Equal(
            [new DerivedFigure("reply-rate", new Amount(37, 500_000_000)), new DerivedFigure("in-time-rate", null)], derived.AsEnumerable());
    }

    private async Task FillAsync()
    {
        var value = 1;
        foreach (var unit in new[] { City, CityOne, Institute, CityTwo, County, CountyOne, Lonely })
        {
            await SubmitAndAwaitAsync(unit, "a", value *= 3);
        }

        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
        await SubmitAndAwaitAsync(CountyOne, "b", 1);
    }

    private static IEnumerable<TotalQuery> Queries() =>
        from scope in Enum.GetValues<Scope>()
        from layer in Enum.GetValues<Layer>()
        select new TotalQuery { Scope = scope, Layer = layer };
}
