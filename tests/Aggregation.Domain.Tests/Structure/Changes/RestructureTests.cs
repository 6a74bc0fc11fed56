using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;
using static Aggregation.Domain.Tests.Structure.Changes.ChangeRows;

namespace Aggregation.Domain.Tests.Structure.Changes;

/// <summary>What each change makes of the tree from its day on, and leaves as it was before.</summary>
public sealed class RestructureTests
{
    private const string Territory = AdministrativeStructure.Territory;
    private static readonly DateOnly Before = new(2017, 6, 30);
    private static readonly DateOnly Day = new(2017, 7, 1);

    private readonly AdministrativeStructure structure = Csv.Import(Csv.Province);

    [Fact]
    public void Restructure_Move_TakesTheBranchAlongFromItsDayOn()
    {
        var after = Must(Row("move", "360302", parent: "360000"), Row("move", "360300-edu.1", parent: "360302-edu"));

        var view = after.At(Territory, Day);
        Assert.Equal(("360000", "360302-edu"), (view.ParentOf("360302")!.Code, view.ParentOf("360300-edu.1")!.Code));
        Assert.Equal((4, 3, 9), (view.ExpectedUnits("360300"), view.ExpectedUnits("360302"), view.ExpectedUnits("360000")));
        AssertSame(structure.At(Territory, Before), after.At(Territory, Before));
        Assert.Equal(structure.Version + 1, after.Version);
    }

    [Fact]
    public void MembersOf_MoveBelowAUnit_ChangesItsBranchesButNotItself()
    {
        var (was, now) = (structure.At(Territory, Day), Must(Row("move", "360300-edu.1", parent: "360302-edu")).At(Territory, Day));

        Assert.Equal(was.MembersOf("360300"), now.MembersOf("360300"));
        Assert.Equal(was.MembersOf("360302-edu") + was.MembersOf("360300-edu.1"), now.MembersOf("360302-edu"));
        Assert.NotEqual(was.MembersOf("360302"), now.MembersOf("360302"));
        Assert.NotEqual(was.MembersOf("360300-edu"), now.MembersOf("360300-edu"));
    }

    [Fact]
    public void Restructure_Rename_ChangesNameKindAndLevelInEveryTree()
    {
        var both = structure.MustImport("education", Csv.File("360300-edu,,,,,,", "360302-edu,,,,360300-edu,,"));

        var after = both.MustRestructure(Row("更名", "360302-edu", name: "区教育体育局", kind: "直属单位"));

        foreach (var tree in new[] { Territory, "education" })
        {
            Assert.True(after.At(tree, Day).TryFind("360302-edu", out var now));
            Assert.Equal(("区教育体育局", UnitKind.Institution), (now.Name, now.Kind));
            Assert.True(after.At(tree, Before).TryFind("360302-edu", out var was));
            Assert.Equal(("区教育局", UnitKind.Department), (was.Name, was.Kind));
        }
    }

    [Fact]
    public void Restructure_OpenAndClose_BoundTheUnitsLife()
    {
        var after = Must(
            Row("open", "360300-new", parent: "360300", name: "新局", kind: "department"),
            Row("close", "360300-fin"));

        Assert.False(after.At(Territory, Before).TryFind("360300-new", out _));
        Assert.True(after.At(Territory, Day).TryFind("360300-new", out _));
        Assert.True(after.At(Territory, Before).TryFind("360300-fin", out _));
        Assert.False(after.At(Territory, Day).TryFind("360300-fin", out _));
    }

    [Fact]
    public void Restructure_MergeTwoIntoANewOne_GivesItTheirChildren()
    {
        var after = Must(
            Row("merge", "360302", into: "360399", name: "新区"),
            Row("merge", "360313", into: "360399"));

        var view = after.At(Territory, Day);
        Assert.True(view.TryFind("360399", out var merged));
        Assert.Equal(
            ("新区", UnitKind.Government, UnitLevel.County, "360300"), (merged.Name, merged.Kind, merged.Level, merged.Parent));
        Assert.Equal(["360302-edu"], view.ChildrenOf("360399").Select(unit => unit.Code));
        Assert.False(view.TryFind("360302", out _) || view.TryFind("360313", out _));
        var homes = after.HomesOn(Territory, Day);
        Assert.Equal(("360399", "360399", "360300"), (homes.Of("360302"), homes.Of("360313"), homes.Of("360300")));
    }

    [Fact]
    public void Restructure_AbolishIntoAUnitBelow_PutsThatOneInItsPlace()
    {
        var view = Must(Row("abolish", "360300-edu", into: "360300-edu.1")).At(Territory, Day);

        Assert.Equal("360300", view.ParentOf("360300-edu.1")!.Code);
        Assert.False(view.TryFind("360300-edu", out _));
    }

    [Fact]
    public void Restructure_Split_LeavesTheUnitAsTheUnallocatedOne()
    {
        var after = Must(
            Row("split", "360300-edu", into: "360300-edu-a", name: "教育一局") with { Children = "360300-edu.1" },
            Row("split", "360300-edu", into: "360300-edu-b", name: "教育二局"));

        var view = after.At(Territory, Day);
        Assert.Equal(
            ["360300-edu", "360300-fin", "360302", "360313", "360300-edu-a", "360300-edu-b"],
            view.ChildrenOf("360300").Select(unit => unit.Code));
        Assert.True(view.TryFind("360300-edu", out var rest));
        Assert.Equal("市教育局（未分配）", rest.Name);
        Assert.True(view.IsLeaf("360300-edu"));
        Assert.Equal("360300-edu-a", view.ParentOf("360300-edu.1")!.Code);
        Assert.True(view.TryFind("360300-edu-b", out var part));
        Assert.Equal(UnitKind.Department, part.Kind);
        AssertSame(structure.At(Territory, Before), after.At(Territory, Before));
    }

    [Fact]
    public void Restructure_TwoChangesOfOneUnitOnTwoDays_HoldEachInItsDays()
    {
        var after = Must(
            Row("move", "360300-edu.1", parent: "360300-fin"),
            Row("move", "360300-edu.1", parent: "360302-edu") with { From = "2018-01-01" });

        Assert.Equal("360300-edu", after.At(Territory, Before).ParentOf("360300-edu.1")!.Code);
        Assert.Equal("360300-fin", after.At(Territory, Day).ParentOf("360300-edu.1")!.Code);
        Assert.Equal("360302-edu", after.At(Territory, new(2018, 1, 1)).ParentOf("360300-edu.1")!.Code);
    }

    [Fact]
    public void Import_OfAUnitThatWasMoved_ComparesWithWhereItStandsLast()
    {
        var after = Must(Row("move", "360300-edu.1", parent: "360300-fin"));

        var again = after.Import(Territory, Csv.Province);

        var fault = Assert.Single(again.Faults);
        Assert.Equal((6, "parent", "360300-edu"), (fault.Line, fault.Column, fault.Value));
        Assert.Same(after, after.Import(Territory, Csv.File("360300-edu.1,市教育考试院,直属单位,,360300-fin,,")).Structure);
    }

    [Fact]
    public void Homes_OfAClosedUnit_AreWhereItLastWas() =>
        Assert.Equal("360300", Must(Row("close", "360300-fin")).HomesOn(Territory, Day).Of("360300-fin"));

    [Fact]
    public void Between_AMove_NamesGainsAndLossesUpToTheCommonAncestor()
    {
        var after = Must(Row("move", "360302", parent: "360000"));

        var difference = StructureDifference.Between(structure.At(Territory, Day), after.At(Territory, Day));

        var unit = Assert.Single(difference.Units);
        Assert.Equal(("360302", "360300", "360000"), (unit.Code, unit.Before!.Parent, unit.After!.Parent));
        var branch = Assert.Single(difference.Branches);
        Assert.Equal("360300", branch.Code);
        Assert.Empty(branch.Gained);
        Assert.Equal("360302 360302-edu", string.Join(' ', branch.Lost));
    }

    [Fact]
    public void Restructure_UnitsAboveEachOtherInTwoTreesOnOtherDays_AreTaken()
    {
        var both = structure.MustImport("education", Csv.File("360300-edu,,,,,,", "360302-edu,,,,360300-edu,,"));

        var after = both.MustRestructure(
            Row("close", "360302-edu") with { Tree = "education" },
            Row("move", "360300-edu", parent: "360302-edu"));

        Assert.Equal("360302-edu", after.At(Territory, Day).ParentOf("360300-edu")!.Code);
        Assert.Equal("360300-edu", after.At("education", Before).ParentOf("360302-edu")!.Code);
    }

    private static void AssertSame(TreeView expected, TreeView actual) =>
        Assert.Equal(
            expected.PreOrder().Select(unit => (unit.Code, unit.Name, unit.Parent)),
            actual.PreOrder().Select(unit => (unit.Code, unit.Name, unit.Parent)));

    private AdministrativeStructure Must(params ChangeRow[] rows) => structure.MustRestructure(rows);
}
