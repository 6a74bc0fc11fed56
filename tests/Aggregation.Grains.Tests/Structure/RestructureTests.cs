using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Structure;

public class RestructureTests(ClassSilo silo) : SiloTest(silo)
{
    private ITenantGrain South => Silo.Tenant(Tenant);

    [DatabaseFact]
    public async Task Plan_AMove_ShowsUnitsBranchesAndTotalsAndDoesNothing()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyTwo, "b", 7);

        var plan = await South.PlanRestructuring(
            Caller, Command(Move(CountyTwo, Lonely)) with { Form = "interaction", Period = "2017" });

        Assert.Equal((1, new DateOnly(2017, 7, 1), new DateOnly(2017, 12, 31)), (plan.StructureVersion, plan.From, plan.On));
        var unit = Assert.Single(plan.Units);
        Assert.Equal((CountyTwo, County, Lonely), (unit.Unit, unit.Before!.Parent, unit.After!.Parent));
        Assert.Equal([County, Lonely], plan.Branches.Select(branch => branch.Unit));
        var (county, lonely) = (plan.Branches[0], plan.Branches[1]);
        Assert.Equal((CountyTwo, ""), (string.Join(' ', county.Lost), string.Join(' ', county.Gained)));
        Assert.Equal((12, 5), (Figure(county.Before!.Cells), Figure(county.After!.Cells)));
        Assert.Equal((null, 7), (Figure(lonely.Before!.Cells), Figure(lonely.After!.Cells)));
        Assert.Equal((new Coverage(3, 2, 2, 0, 0), new Coverage(2, 1, 1, 0, 0)), (county.Before.Coverage, county.After.Coverage));
        Assert.Equal((await ViewAsync(County)).Digest, county.Before.Digest);
        Assert.Equal(12, await TotalAsync(County));
        Assert.Equal(1, (await South.ListUnits(Caller, new UnitsQuery())).StructureVersion);
    }

    [DatabaseFact]
    public async Task Apply_AMove_ChangesPeriodsFromItsDayOnAndNoEarlierOne()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyTwo, "b", 7);
        await SubmitAsync("2016", CountyTwo, "c", 9);

        var applied = await ApplyAsync(Move(CountyTwo, Lonely));

        Assert.Equal(new Restructured(2, new DateOnly(2017, 7, 1)), applied);
        await FollowedAsync(City, County, Lonely);
        Assert.Equal((5L, 7L, 12L), (await TotalAsync(County), await TotalAsync(Lonely), await TotalAsync(Province)));
        Assert.Equal((9L, null, 9L), (await TotalAsync("2016", County), await TotalAsync("2016", Lonely), await TotalAsync("2016", City)));
        await SubmitAsync("2016", CountyTwo, "d", 10);
        Assert.Equal((10L, null, 10L), (await TotalAsync("2016", County), await TotalAsync("2016", Lonely), await TotalAsync("2016", City)));
    }

    [DatabaseFact]
    public async Task Apply_ThenRestart_FoldsToTheSameTrees()
    {
        await ApplyAsync(Move(CountyTwo, Lonely), Row(2, "rename", CountyOne) with { Name = "Renamed" });
        await SubmitAndAwaitAsync(CountyTwo, "a", 7);
        var units = await South.ListUnits(Caller, new UnitsQuery { On = new DateOnly(2018, 1, 1) });

        await RestartAsync();

        var again = await South.ListUnits(Caller, new UnitsQuery { On = new DateOnly(2018, 1, 1) });
        Assert.Equal(units.Units.AsEnumerable(), again.Units);
        Assert.Equal(2, again.StructureVersion);
        Assert.Contains(again.Units, unit => unit is { Code: CountyOne, Name: "Renamed" });
        Assert.Equal((null, 7L), (await TotalAsync(County), await TotalAsync(Lonely)));
    }

    [DatabaseFact]
    public async Task Apply_OnAStructureThatIsNoMore_IsStaleAndTheSameListAgainIsNot()
    {
        var command = Command(Move(CountyTwo, Lonely)) with { StructureVersion = 1 };
        var applied = await South.ApplyRestructuring(Caller, command);

        var other = await RefusedAsync(RefusalKind.Stale, () => South.ApplyRestructuring(
            Caller, Command(Move(CountyOne, Lonely)) with { StructureVersion = 1 }));

        Assert.Equal(2, other.CurrentRevision);
        Assert.Equal(applied, await South.ApplyRestructuring(Caller, command));
        Assert.Equal(2, (await South.ListUnits(Caller, new UnitsQuery())).StructureVersion);
    }

    [DatabaseFact]
    public async Task Apply_WithFaults_NamesEachAndAppliesNothing()
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => South.ApplyRestructuring(
            Caller,
            Command(Move(CountyTwo, Lonely), Move("nobody", Lonely) with { Line = 7 }, Row(9, "close", City)) with { StructureVersion = 1 }));

        Assert.Equal(
            [("changes[7].unit", "nobody", "unit.in-force"), ("changes[9].unit", City, "unit.childless")],
            refusal.Violations.Select(violation => (violation.Field, violation.Value, violation.Rule)));
        Assert.All(refusal.Violations, violation => Assert.True(violation.MessageZh.Length > 0 && violation.MessageEn.Length > 0));
        Assert.Equal(1, (await South.ListUnits(Caller, new UnitsQuery())).StructureVersion);
    }

    [DatabaseFact]
    public async Task Apply_Split_CountsWhatWasBookedOnTheUnitAsUnallocated()
    {
        await SubmitAndAwaitAsync(County, "a", 3);
        await SubmitAndAwaitAsync(CountyOne, "b", 5);

        await ApplyAsync(
            Row(1, "split", County) with { Into = "360311", Name = "North", Children = CountyOne },
            Row(2, "split", County) with { Into = "360312", Name = "South", Children = CountyTwo });

        await FollowedAsync(City, "360311", "360312");
        await SubmitAndAwaitAsync(CountyTwo, "c", 7);
        Assert.Equal((3L, 5L, 7L, 15L), (
            await TotalAsync(County), await TotalAsync("360311"), await TotalAsync("360312"), await TotalAsync(City)));
        var parts = await Ledger(City).Children(Caller, new TotalQuery());
        Assert.Equal("County（未分配）", parts.Parts.Single(part => part.Unit == County).UnitName);
    }

    [DatabaseFact]
    public async Task Apply_Merge_MovesTheBranchesIntoTheNewUnit()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        await ApplyAsync(
            Row(1, "merge", County) with { Into = "360399", Name = "Merged" },
            Row(2, "merge", Lonely) with { Into = "360399" });

        await FollowedAsync(City, "360399");
        Assert.Equal((5L, 5L), (await TotalAsync("360399"), await TotalAsync(City)));
        await RefusedAsync(RefusalKind.NotFound, async () =>
        {
            await TotalAsync(County);
            await TotalAsync(County);
        });
        Assert.Equal((5L, 5L), (await TotalAsync("2016", County) ?? 5L, 5L));
    }

    private static StructureChange Row(int line, string change, string unit) =>
        new() { Line = line, Change = change, From = "2017-07-01", Unit = unit };

    private static StructureChange Move(string unit, string parent) => Row(1, "move", unit) with { Parent = parent };

    private static RestructureCommand Command(params StructureChange[] changes) => new() { Changes = [.. changes] };

    private async Task<Restructured> ApplyAsync(params StructureChange[] changes)
    {
        var plan = await South.PlanRestructuring(Caller, Command(changes));
        return await South.ApplyRestructuring(Caller, Command(changes) with { StructureVersion = plan.StructureVersion, AcceptLoss = true });
    }

    /// <summary>A ledger answers a pull on a structure when it is on it.</summary>
    private async Task FollowedAsync(params string[] units)
    {
        foreach (var unit in units)
        {
            await Silo.Rollup(Key(unit)).PullAt(Names.Territory, 2);
        }
    }

    private async Task SubmitAsync(string period, string unit, string requestId, long value)
    {
        var receipt = await Ledger(unit, period).Submit(Caller, Command(requestId, value), CancellationToken.None);
        await AwaitAsync(receipt);
    }

    private async Task<long?> TotalAsync(string period, string unit) =>
        Figure((await Ledger(unit, period).GetTotal(Caller, new TotalQuery())).Cells);
}
