using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tests.Structure;

public sealed class AdministrativeStructureTests
{
    [Fact]
    public void Empty_HasVersionZeroAndNoTree()
    {
        Assert.Equal(0, AdministrativeStructure.Empty.Version);
        Assert.Empty(AdministrativeStructure.Empty.Trees);
        Assert.False(AdministrativeStructure.Empty.HasTree("territory"));
    }

    [Fact]
    public void At_UnknownTree_ThrowsNamingTheTreesThereAre()
    {
        var structure = Csv.Import(Csv.Province);
        var error = Assert.Throws<KeyNotFoundException>(() => structure.At("health", Csv.Day));
        Assert.Equal("Structure 1 has no tree 'health'; it has: territory.", error.Message);
    }

    [Fact]
    public void Import_Units_ReadsKindsAndLevelsInBothLanguages()
    {
        var view = Csv.Import(Csv.File(
            "A,甲,Government,PROVINCE,,2010-01-01,2030-01-01", "B,乙,政府,乡镇,A,2011-01-01,2020-01-01", "C,丙,institution,,B,2011-01-01,2020-01-01"))
            .Territory();

        Assert.Equal(
            [
                new Unit("A", "甲", UnitKind.Government, UnitLevel.Province, null, new(2010, 1, 1), new(2030, 1, 1)),
                new Unit("B", "乙", UnitKind.Government, UnitLevel.Township, "A", new(2011, 1, 1), new(2020, 1, 1)),
                new Unit("C", "丙", UnitKind.Institution, UnitLevel.None, "B", new(2011, 1, 1), new(2020, 1, 1)),
            ],
            view.PreOrder());
    }

    [Fact]
    public void Import_ByteOrderMarkOtherColumnOrderAndQuotes_IsRead()
    {
        var result = AdministrativeStructure.Empty.Import(
            "territory", "\uFEFFParent,level,kind,name,code\r\n,省,政府,\"江西省, 全省\",360000\r\n\r\n360000,, 部门 ,\"教育\"\"厅\",360000-edu\r\n");

        Assert.Empty(result.Faults);
        Assert.Equal(2, result.Added);
        Assert.Equal(["江西省, 全省", "教育\"厅"], result.Structure!.Territory().PreOrder().Select(unit => unit.Name));
    }

    [Fact]
    public void Import_ParentsAfterChildren_IsAccepted()
    {
        var view = Csv.Import(Csv.File("360300,萍乡市,政府,市,360000,,", "360000,江西省,政府,省,,,")).Territory();
        Assert.Equal("360000", Assert.Single(view.Roots).Code);
        Assert.Equal("360300", Assert.Single(view.ChildrenOf("360000")).Code);
    }

    [Fact]
    public void Import_Twice_AddsNothingAndLeavesTheEarlierVersion()
    {
        var first = Csv.Import(Csv.Province);
        var second = first.Import("territory", Csv.Province + "\n411300,南阳市,政府,市,,,");

        Assert.Equal((1, 9), (second.Added, second.Unchanged));
        Assert.Equal((1L, 2L), (first.Version, second.Structure!.Version));
        Assert.Single(first.Territory().Roots);
        Assert.Equal(2, second.Structure.Territory().Roots.Length);
    }

    [Theory]
    [InlineData("territory")]
    [InlineData("education")]
    public void Import_AnotherName_IsRefusedWithOldAndNew(string tree)
    {
        var structure = Csv.Import(Csv.Province)
            .MustImport("education", Csv.File("360000-edu,,,,,,", "360300-edu,,,,360000-edu,,"));
        var parent = tree == "territory" ? "360300" : "360000-edu";

        var result = structure.Import(tree, Csv.File("360000-edu,,,,,,", $"360300-edu,市教育体育局,部门,,{parent},,")
            .Replace("360000-edu,,,,,,", tree == "territory" ? "360000-edu,,,,360000,," : "360000-edu,,,,,,", StringComparison.Ordinal));

        Assert.Null(result.Structure);
        var fault = Assert.Single(result.Faults);
        Assert.Equal((3, "name", "市教育体育局", ImportRules.NoRestructuring), (fault.Line, fault.Column, fault.Value, fault.Rule));
        Assert.Contains("'市教育局' → '市教育体育局'", fault.MessageEn, StringComparison.Ordinal);
        Assert.Contains("由“市教育局”改为“市教育体育局”", fault.MessageZh, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (result.Differing, result.Unchanged, result.Added));
    }

    [Fact]
    public void Import_SeveralValuesOfAUnit_NamesEach()
    {
        var result = Csv.Import(Csv.Province).Import("territory", Csv.File("360313,湘东县,政府,市,360000,2001-01-01,"));

        Assert.Equal(["parent", "level", "from", "name"], result.Faults.Select(fault => fault.Column));
        Assert.Equal(1, result.Differing);
    }

    [Fact]
    public void Import_NewUnits_AreListedInTheOrderOfTheFile()
    {
        var result = Csv.Import(Csv.Province).Import("territory", Csv.File(
            "360303,丙县,政府,县,360300,2000/1/1,", "360300,萍乡市,政府,市,360000,,", "360300-law,市司法局,部门,,360300,,"));

        Assert.Equal(["丙县", "市司法局"], result.Units.Select(unit => unit.Name));
        Assert.Equal((2, 1, 0), (result.Added, result.Unchanged, result.Differing));
        Assert.Equal(new DateOnly(2000, 1, 1), result.Units[0].From);
    }

    [Theory]
    [InlineData("丙\uFFFD")]
    [InlineData("\"丙\n市\"")]
    public void Import_NameWithWhatIsNoCharacter_IsRefused(string name)
    {
        var fault = Assert.Single(AdministrativeStructure.Empty.Import("territory", Csv.File($"A,{name},部门,,,,")).Faults);
        Assert.Equal(("name", ImportRules.NameText), (fault.Column, fault.Rule));
    }

    // What journals hold of imports before they were refused for it.
    [Fact]
    public void ImportAgain_ANewName_RenamesInEveryTree()
    {
        var structure = Csv.Import(Csv.Province)
            .MustImport("education", Csv.File("360000-edu,,,,,,", "360300-edu,,,,360000-edu,,"));
        var result = structure.ImportAgain("territory", Csv.File("360300-edu,市教育体育局,部门,,360300,,"));

        Assert.Equal((0, 1), (result.Added, result.Unchanged));
        var next = Assert.IsType<AdministrativeStructure>(result.Structure);
        Assert.True(next.Territory().TryFind("360300-edu", out var there));
        Assert.True(next.At("education", Csv.Day).TryFind("360300-edu", out var line));
        Assert.Equal(("市教育体育局", "市教育体育局"), (there.Name, line.Name));
        Assert.Equal(("360300", "360000-edu"), (there.Parent, line.Parent));
    }

    [Fact]
    public void Import_Line_TakesBlankCellsFromTheTerritoryAndAddsVerticallyManagedUnits()
    {
        var structure = Csv.Import(Csv.Province).MustImport("education", Csv.File(
            "360000-edu,,,,,,", "360300-edu,市教育局,部门,,360000-edu,,", "360000-exam,考试院萍乡站,直属单位,,360000-edu,,"));
        var line = structure.At("education", Csv.Day);

        Assert.Equal(["education", "territory"], structure.Trees);
        Assert.Equal(["省教育厅", "市教育局", "考试院萍乡站"], line.PreOrder().Select(unit => unit.Name));
        Assert.Equal(UnitKind.Department, line.Roots[0].Kind);
        Assert.False(structure.Territory().TryFind("360000-exam", out _));
    }

    [Fact]
    public void Import_LineThatDisagreesWithTheTerritory_IsRefused()
    {
        var result = Csv.Import(Csv.Province).Import("education", Csv.File(
            "360000-edu,教育委员会,部门,,,,", "360300-edu,,直属单位,,360000-edu,,", "360302,,,市,,,"));

        Assert.Equal(
            [(2, "name", "省教育厅"), (3, "kind", "department"), (4, "level", "county")],
            result.Faults.Select(fault => (fault.Line, fault.Column, Quoted(fault.MessageEn))));
        Assert.All(result.Faults, fault => Assert.Equal(ImportRules.SameInEveryTree, fault.Rule));
    }

    [Fact]
    public void Import_InvalidTreeName_Throws() =>
        Assert.Throws<ArgumentException>("tree", () => AdministrativeStructure.Empty.Import("a/b", Csv.Province));

    [Fact]
    public void Import_HundredThousandUnits_BuildsTheirTree()
    {
        var lines = new List<string> { "100000,全国,政府,省,,," };
        for (var city = 0; city < 100; city++)
        {
            lines.Add($"c{city},市{city},政府,市,100000,,");
            lines.AddRange(Enumerable.Range(0, 999).Select(i => $"c{city}-{i},部门{i},部门,,c{city},,"));
        }

        var structure = Csv.Import(Csv.File([.. lines]));

        Assert.Equal(100_001, structure.Territory().ExpectedUnits("100000"));
        Assert.Equal(1000, structure.Territory().ExpectedUnitsAtLevel("c99"));
    }

    private static string Quoted(string message) => message.Split('\'')[1];
}
