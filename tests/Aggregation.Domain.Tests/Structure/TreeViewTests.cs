using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tests.Structure;

public sealed class TreeViewTests
{
    private readonly TreeView view = Csv.Import(Csv.Province).Territory();

    [Fact]
    public void ChildrenOf_AUnit_AreInTheOrderOfTheFile() =>
        Assert.Equal(["360300-edu", "360300-fin", "360302", "360313"], view.ChildrenOf("360300").Select(unit => unit.Code));

    [Fact]
    public void ParentOf_RootAndChild_AreNullAndTheUnitAbove()
    {
        Assert.Null(view.ParentOf("360000"));
        Assert.Equal("360300-edu", view.ParentOf("360300-edu.1")!.Code);
        Assert.Equal("360300", view.ParentOf("360313")!.Code);
    }

    [Theory]
    [InlineData("360302-edu", "360300", true)]
    [InlineData("360302-edu", "360302-edu", true)]
    [InlineData("360300", "360302-edu", false)]
    [InlineData("360000-edu", "360300", false)]
    [InlineData("nobody", "360000", false)]
    [InlineData("360300", "nobody", false)]
    public void IsWithin_TwoCodes_TellsWhetherOneIsBelow(string code, string root, bool expected) =>
        Assert.Equal(expected, view.IsWithin(code, root));

    [Theory]
    [InlineData("360000", 9, 2)]
    [InlineData("360300", 7, 4)]
    [InlineData("360302", 2, 2)]
    [InlineData("360313", 1, 1)]
    [InlineData("360300-edu", 2, 2)]
    public void ExpectedUnits_OfAUnit_CountsRegionAndLevel(string code, int region, int level)
    {
        Assert.Equal(region, view.ExpectedUnits(code));
        Assert.Equal(level, view.ExpectedUnitsAtLevel(code));
    }

    [Fact]
    public void IsLeaf_OfUnits_TellsWhetherNothingIsBelow()
    {
        Assert.True(view.IsLeaf("360313"));
        Assert.False(view.IsLeaf("360300-edu"));
    }

    [Fact]
    public void PreOrder_UnderAUnit_GivesParentsBeforeChildren()
    {
        Assert.Equal(
            ["360300", "360300-edu", "360300-edu.1", "360300-fin", "360302", "360302-edu", "360313"],
            view.PreOrder("360300").Select(unit => unit.Code));
        Assert.Equal(9, view.PreOrder().Count());
    }

    [Fact]
    public void ParentOf_UnknownCode_ThrowsNamingCodeAndDay()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => view.ParentOf("nobody"));
        Assert.Equal("Unit 'nobody' is not in force on 2017-12-31.", error.Message);
    }

    [Fact]
    public void At_DaysAroundAnAbolition_ShowsTheUnitUntilTheDayBefore()
    {
        var structure = Csv.Import(Csv.File(
            "360000,江西省,政府,省,,,",
            "360300,萍乡市,政府,市,360000,2010-01-01,2018-01-01",
            "360300-fin,市财政局,部门,,360300,2012-03-01,2018-01-01"));

        Assert.Equal(3, structure.At("territory", new(2017, 12, 31)).ExpectedUnits("360000"));
        Assert.Equal(1, structure.At("territory", new(2018, 1, 1)).ExpectedUnits("360000"));
        Assert.Equal(2, structure.At("territory", new(2012, 2, 29)).ExpectedUnits("360000"));
        Assert.Equal(3, structure.At("territory", new(2012, 3, 1)).ExpectedUnits("360000"));
        Assert.Equal(1, structure.At("territory", new(2009, 12, 31)).ExpectedUnits("360000"));
    }

    [Fact]
    public void At_DaysWithoutChangeBetween_GivesTheSameView()
    {
        var structure = Csv.Import(Csv.Province);
        Assert.Same(structure.At("territory", new(2015, 1, 1)), structure.At("territory", new(2020, 1, 1)));
    }

    [Fact]
    public void At_MoreStretchesThanAreKept_StaysRight()
    {
        var start = new DateOnly(2000, 1, 1);
        var structure = Csv.Import(Csv.File(
            ["root,根,政府,省,,,", .. Enumerable.Range(0, 200).Select(i => $"d{i},部门{i},部门,,root,{start.AddDays(i):yyyy-MM-dd},")]));

        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(i + 2, structure.At("territory", start.AddDays(i)).ExpectedUnits("root"));
            }
        }
    }

    [Fact]
    public void PreOrder_RandomTrees_AgreesWithWalkingParents()
    {
        var random = new Random(20_171_231);
        for (var round = 0; round < 50; round++)
        {
            var count = random.Next(1, 60);
            var parents = Enumerable.Range(0, count).Select(i => i == 0 || random.Next(8) == 0 ? -1 : random.Next(i)).ToArray();
            var lines = Enumerable.Range(0, count).Select(i => $"u{i},单位{i},部门,,{(parents[i] < 0 ? "" : $"u{parents[i]}")},,");
            var drawn = Csv.Import(Csv.File([.. lines])).Territory();

            bool Above(int i, int root)
            {
                for (; i >= 0; i = parents[i])
                {
                    if (i == root)
                    {
                        return true;
                    }
                }

                return false;
            }

            for (var root = 0; root < count; root++)
            {
                var below = Enumerable.Range(0, count).Where(i => Above(i, root)).ToArray();
                Assert.Equal(below.Length, drawn.ExpectedUnits($"u{root}"));
                Assert.Equal(below.Select(i => $"u{i}").Order(), drawn.PreOrder($"u{root}").Select(unit => unit.Code).Order());
                Assert.Equal(
                    Enumerable.Range(0, count).Where(i => parents[i] == root).Select(i => $"u{i}"),
                    drawn.ChildrenOf($"u{root}").Select(unit => unit.Code));
                Assert.All(Enumerable.Range(0, count), i => Assert.Equal(Above(i, root), drawn.IsWithin($"u{i}", $"u{root}")));
            }

            Assert.Equal(Enumerable.Range(0, count).Where(i => parents[i] < 0).Select(i => $"u{i}"), drawn.Roots.Select(unit => unit.Code));
        }
    }
}
