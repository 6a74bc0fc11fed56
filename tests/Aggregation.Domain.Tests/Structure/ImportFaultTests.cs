using System.Collections.Immutable;
using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tests.Structure;

public sealed class ImportFaultTests
{
    [Theory]
    [InlineData("360300-,市,政府,市,,,", "code", "360300-", ImportRules.Code)]
    [InlineData("36/03,市,政府,市,,,", "code", "36/03", ImportRules.Code)]
    [InlineData(",市,政府,市,,,", "code", "", ImportRules.Code)]
    [InlineData("A,,政府,市,,,", "name", "", ImportRules.Name)]
    [InlineData("A,甲\u0001,政府,市,,,", "name", @"甲\u0001", ImportRules.NameText)]
    [InlineData("A,\"甲\t乙\",政府,市,,,", "name", @"甲\u0009乙", ImportRules.NameText)]
    [InlineData("A,Cafe\u0301,政府,市,,,", "name", "Cafe\u0301", ImportRules.NameText)]
    [InlineData("A,甲,公司,,,,", "kind", "公司", ImportRules.Kind)]
    [InlineData("A,甲,,,,,", "kind", "", ImportRules.Kind)]
    [InlineData("A,甲,政府,,,,", "level", "", ImportRules.Level)]
    [InlineData("A,甲,政府,国家,,,", "level", "国家", ImportRules.Level)]
    [InlineData("A,甲,部门,市,,,", "level", "市", ImportRules.Level)]
    [InlineData("A,甲,部门,,,01/02/2017,", "from", "01/02/2017", ImportRules.Date)]
    [InlineData("A,甲,部门,,,,2017-02-29", "to", "2017-02-29", ImportRules.Date)]
    [InlineData("A,甲,部门,,,2017-01-01,2017-01-01", "to", "2017-01-01", ImportRules.DateOrder)]
    [InlineData("A,甲,部门,,B,,", "parent", "B", ImportRules.ParentKnown)]
    [InlineData("A,甲,部门,,b b,,", "parent", "b b", ImportRules.Code)]
    [InlineData("A,甲,部门", "", "3", ImportRules.Fields)]
    [InlineData("A,甲\"乙,部门,,,,", "", "", ImportRules.Fields)]
    [InlineData("A,\"甲,部门,,,,", "", "2", ImportRules.Fields)]
    public void Import_OneFaultyLine_NamesLineColumnValueAndRule(string line, string column, string value, string rule)
    {
        var fault = Assert.Single(Refused(line));
        Assert.Equal((2, column, value, rule), (fault.Line, fault.Column, fault.Value, fault.Rule));
        Assert.NotEmpty(fault.MessageZh);
        Assert.NotEmpty(fault.MessageEn);
    }

    [Fact]
    public void Import_CodeTwice_NamesBothLines()
    {
        var fault = Assert.Single(Refused("A,甲,部门,,,,", "B,乙,部门,,,,", "A,丙,部门,,,,"));
        Assert.Equal((4, "code", ImportRules.UniqueCode, "'A' stands on line 2 already"), (fault.Line, fault.Column, fault.Rule, fault.MessageEn));
    }

    [Fact]
    public void Import_Cycle_IsToldOnceWithItsPath()
    {
        var fault = Assert.Single(Refused("t,尾,部门,,c,,", "a,甲,部门,,b,,", "b,乙,部门,,c,,", "c,丙,部门,,a,,"));
        Assert.Equal((3, "cycle: a → b → c → a", ImportRules.ParentAcyclic), (fault.Line, fault.MessageEn, fault.Rule));
    }

    [Fact]
    public void Import_OwnParent_IsACycle() => Assert.Equal("cycle: a → a", Assert.Single(Refused("a,甲,部门,,a,,")).MessageEn);

    [Fact]
    public void Import_DepartmentAboveAGovernment_IsRefusedWithThePath()
    {
        var fault = Assert.Single(Refused("d,局,部门,,,,", "g,县,政府,县,d,,"));
        Assert.Equal(
            (3, "parent", ImportRules.ParentKind, "a department is above a government: d → g"),
            (fault.Line, fault.Column, fault.Rule, fault.MessageEn));
    }

    [Theory]
    [InlineData("县", "乡镇", "a county is under a township: p → c")]
    [InlineData("市", "市", "a city is under a city: p → c")]
    public void Import_GovernmentNotBelowItsParentsLevel_IsRefused(string level, string parentLevel, string message)
    {
        var fault = Assert.Single(Refused($"p,上,政府,{parentLevel},,,", $"c,下,政府,{level},p,,"));
        Assert.Equal((3, "level", ImportRules.ParentLevel, message), (fault.Line, fault.Column, fault.Rule, fault.MessageEn));
    }

    [Theory]
    [InlineData("", "", "2010-01-01", "")]
    [InlineData("2010-01-01", "", "", "2020-01-01")]
    [InlineData("2009-12-31", "2015-01-01", "2010-01-01", "2020-01-01")]
    [InlineData("2010-01-01", "2020-01-02", "2010-01-01", "2020-01-01")]
    public void Import_ChildInForceWhileItsParentIsNot_IsRefused(string from, string to, string parentFrom, string parentTo)
    {
        var fault = Assert.Single(Refused($"p,上,部门,,,{parentFrom},{parentTo}", $"c,下,部门,,p,{from},{to}"));
        Assert.Equal((3, ImportRules.ParentDates), (fault.Line, fault.Rule));
    }

    [Theory]
    [InlineData("360313,湘东区,政府,县,360000,,", "parent", "360300")]
    [InlineData("360313,湘东区,政府,乡镇,360300,,", "level", "county")]
    [InlineData("360300-fin,市财政局,直属单位,,360300,,", "kind", "department")]
    [InlineData("360300-fin,市财政局,部门,,360300,2010-01-01,", "from", "")]
    [InlineData("360300-fin,市财政局,部门,,360300,,2030-01-01", "to", "")]
    public void Import_ExistingUnitElsewhereInTheTree_IsRefused(string line, string column, string was)
    {
        var result = Csv.Import(Csv.Province).Import("territory", Csv.File(line));
        var fault = Assert.Single(result.Faults);
        Assert.Equal((2, column, ImportRules.NoRestructuring), (fault.Line, fault.Column, fault.Rule));
        Assert.Contains($"'{was}'", fault.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_ManyFaults_TellsAllInOrderAndImportsNothing()
    {
        var result = AdministrativeStructure.Empty.Import("territory", Csv.File(
            "360000,江西省,政府,省,,,",
            "360300,萍乡市,政府,市,369999,,",
            "x,局,公司,,360000,bad,",
            "x,局,部门,,360000,,",
            "a,甲,部门,,b,,",
            "b,乙,部门,,a,,",
            "y,镇,政府,乡镇,a,,"));

        Assert.Null(result.Structure);
        Assert.Equal((0, 0), (result.Added, result.Unchanged));
        Assert.Equal(
            [
                (3, ImportRules.ParentKnown), (4, ImportRules.Kind), (4, ImportRules.Date), (5, ImportRules.UniqueCode),
                (6, ImportRules.ParentAcyclic), (8, ImportRules.ParentKind),
            ],
            result.Faults.Select(fault => (fault.Line, fault.Rule)));
    }

    [Fact]
    public void Import_ChildOfAFaultyLine_IsNotCalledAnOrphan() =>
        Assert.Equal(ImportRules.Kind, Assert.Single(Refused("p,上,公司,,,,", "c,下,部门,,p,,")).Rule);

    [Theory]
    [InlineData("", 0, ImportRules.Rows)]
    [InlineData("code,name,kind,level,parent,from,to", 0, ImportRules.Rows)]
    [InlineData("code,name,kind,level\nA,甲,部门,", 1, ImportRules.Header)]
    [InlineData("code,name,kind,level,parent,colour\nA,甲,部门,,,red", 1, ImportRules.Header)]
    [InlineData("code,code,name,kind,level,parent\nA,A,甲,部门,,", 1, ImportRules.Header)]
    public void Import_FileWithoutHeaderOrUnits_IsRefused(string csv, int line, string rule)
    {
        var fault = Assert.Single(AdministrativeStructure.Empty.Import("territory", csv).Faults);
        Assert.Equal((line, rule), (fault.Line, fault.Rule));
    }

    [Fact]
    public void Import_QuoteNeverClosedInTheLastColumn_DoesNotSwallowTheRest()
    {
        var result = AdministrativeStructure.Empty.Import("territory", "code,kind,level,parent,name\nA,部门,,,\"甲\nB,部门,,,乙\n");
        Assert.Equal(ImportRules.Fields, Assert.Single(result.Faults).Rule);
    }

    [Fact]
    public void Import_MoreUnitsThanTheLimit_IsRefused()
    {
        var lines = Enumerable.Range(0, AdministrativeStructure.MaxRows + 1).Select(i => $"d{i},局,部门,,,,");
        var fault = Assert.Single(Refused([.. lines]));
        Assert.Equal((AdministrativeStructure.MaxRows + 2, ImportRules.Rows), (fault.Line, fault.Rule));
    }

    private static ImmutableArray<ImportFault> Refused(params string[] lines)
    {
        var result = AdministrativeStructure.Empty.Import("territory", Csv.File(lines));
        Assert.Null(result.Structure);
        return result.Faults;
    }
}
