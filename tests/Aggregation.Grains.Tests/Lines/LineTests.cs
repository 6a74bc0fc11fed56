using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Grains.Tests.Lines;

/// <summary>A line beside the territory: its own sums, its own rights, and units that stand in it alone.</summary>
public sealed class LineTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Bureau = "360000-V1";
    private const string Office = "360300-V1";

    /// <summary>The city's bureau above the county's, and a vertically managed agency that reports in its line only.</summary>
    private const string Csv = """
        code,name,kind,level,parent,from,to
        360300-S01,,,,,,
        360301-S01,,,,360300-S01,,
        360000-V1,Agency,department,,,,
        360300-V1,Agency's office,department,,360000-V1,,
        """;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = Csv });
    }

    [Fact]
    public async Task Submit_UnitOfBothTrees_CountsOnceInEach()
    {
        await AwaitAsync(await SubmitAsync(CityOne, "a", 1));
        var receipt = await SubmitAsync(CountyOne, "b", 20);
        await AwaitAsync(receipt);
        await AwaitAsync(receipt, at: CityOne, tree: Line);
        await AwaitAsync(await SubmitAsync(CountyTwo, "c", 300));

        Assert.Equal((21, 1, 321), (await TotalAsync(CityOne, tree: Line), await TotalAsync(CityOne), await TotalAsync(Province)));
        var line = await ViewAsync(CityOne, tree: Line);
        Assert.Equal((2, 2), (line.Coverage.Expected, line.Coverage.Submitted));
        var parts = await Ledger(CityOne).Children(Caller, new TotalQuery { Tree = Line });
        Assert.Equal([CityOne, CountyOne], parts.Parts.Select(part => part.Unit));
        Assert.Equal(line.Digest, parts.Total.Digest);
    }

    [Fact]
    public async Task Submit_UnitOfTheLineAlone_CountsThereAndNowhereElse()
    {
        var everywhere = Caller with { Submit = new Subtree(Line, Subtree.Everything) };
        var receipt = await Ledger(Office).Submit(everywhere, Command("a", 7), CancellationToken.None);
        await AwaitInLineAsync(receipt, Bureau);

        Assert.Equal(7, await TotalAsync(Bureau, tree: Line));
        Assert.Null(await TotalAsync(Province));
        await RefusedAsync(RefusalKind.NotFound, () => ViewAsync(Office));

        Task AwaitInLineAsync(Receipt filed, string at) => Silo.Ledger(filed.Ledger).Await(
            everywhere with { Read = new Subtree(Line, Bureau) },
            new AwaitQuery { Revision = filed.Revision, AtUnit = at, Tree = Line }, CancellationToken.None);
    }

    [Fact]
    public async Task Rights_SubtreeOfTheLine_ReadThatLineOnly()
    {
        var receipt = await SubmitAsync(CountyOne, "a", 1);
        await AwaitAsync(receipt, at: CityOne, tree: Line);
        var bureau = Caller with { Read = new Subtree(Line, CityOne), Submit = new Subtree(Line, CountyOne), IsAdministrator = false };
        var inLine = new TotalQuery { Tree = Line };

        Assert.Equal(1, Figure((await Ledger(CityOne).GetTotal(bureau, inLine)).Cells));
        Assert.Equal(1, Figure((await Ledger(CountyOne).GetTotal(bureau, inLine)).Cells));
        await Ledger(CityOne).Children(bureau, inLine);
        await Ledger(CountyOne).Get(bureau, null, CancellationToken.None);
        Assert.Equal(2, (await Ledger(CountyOne).Submit(bureau, Command("b", 2), CancellationToken.None)).Revision);

        foreach (var unit in new[] { CityOne, CountyOne, County })
        {
            await RefusedAsync(RefusalKind.Forbidden, () => Ledger(unit).GetTotal(bureau, new TotalQuery()));
            await RefusedAsync(RefusalKind.Forbidden, () => Ledger(unit).Children(bureau, new TotalQuery()));
            await RefusedAsync(RefusalKind.Forbidden, () => Ledger(unit).Subscribe(bureau, Names.Territory, null!));
        }

        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(Bureau).GetTotal(bureau, inLine));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CityOne).Submit(bureau, Command("c", 3), CancellationToken.None));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CountyTwo).Get(bureau, null, CancellationToken.None));
    }

    [Fact]
    public async Task Rights_SubtreeOfTheTerritory_ReadsNoLine()
    {
        var city = Caller with { Read = new Subtree(Names.Territory, City), IsAdministrator = false };
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CityOne).GetTotal(city, new TotalQuery { Tree = Line }));
        await Ledger(CityOne).GetTotal(Caller with { IsAdministrator = false }, new TotalQuery { Tree = Line });
    }

    [Theory]
    [InlineData("health", CityOne)]
    [InlineData(Line, CountyTwo)]
    [InlineData(Line, Province)]
    public async Task Read_TreeInWhichTheUnitDoesNotStand_IsNotFoundByTree(string tree, string unit)
    {
        var query = new TotalQuery { Tree = tree };
        var receipt = await SubmitAsync(unit, "a", 1);
        foreach (var call in new Func<Task>[]
        {
            () => Ledger(unit).GetTotal(Caller, query), () => Ledger(unit).Children(Caller, query),
            () => Ledger(unit).Subscribe(Caller, tree, null!), () => AwaitAsync(receipt, at: unit, tree: tree),
        })
        {
            var refusal = await RefusedAsync(RefusalKind.NotFound, call);
            Assert.Contains($"'{tree}'", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Await_UnitAboveInAnotherTree_IsRefusedByField()
    {
        var receipt = await SubmitAsync(CountyOne, "a", 1);
        foreach (var (at, tree) in new[] { (Province, Line), (CityOne, Names.Territory) })
        {
            var refusal = await RefusedAsync(RefusalKind.Invalid, () => AwaitAsync(receipt, at, tree));
            Assert.Equal("at_unit", Assert.Single(refusal.Violations).Field);
        }
    }

    [Fact]
    public async Task Restart_LineAndTerritory_HaveTheSameTotals()
    {
        var receipt = await SubmitAsync(CountyOne, "a", 1);
        await AwaitAsync(receipt);
        await AwaitAsync(receipt, at: CityOne, tree: Line);
        var before = (await ViewAsync(CityOne, tree: Line), await ViewAsync(Province));

        await RestartAsync();

        var after = (await ViewAsync(CityOne, tree: Line), await ViewAsync(Province));
        Assert.Equal((before.Item1.Digest, before.Item2.Digest), (after.Item1.Digest, after.Item2.Digest));
        Assert.Equal((1, 1), (Figure(after.Item1.Cells), Figure(after.Item2.Cells)));
    }
}
