using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;
using static Aggregation.Domain.Tests.Structure.Changes.ChangeRows;

namespace Aggregation.Domain.Tests.Structure.Changes;

/// <summary>Changes that break a rule are refused together, each by its line, its field and the rule.</summary>
public sealed class RestructureRefusalTests
{
    private readonly AdministrativeStructure structure = Csv.Import(Csv.Province);

    [Fact]
    public void Restructure_Nothing_IsRefused() =>
        Assert.Equal(ChangeRules.Count, Assert.Single(structure.Restructure([]).Faults).Rule);

    [Fact]
    public void Restructure_ManyFaults_NamesEachAndChangesNothing()
    {
        var result = structure.Restructure(
        [
            Row("shrink", "360302") with { Line = 2 },
            Row("move", "360302", parent: "360000") with { Line = 3, From = "01/07/2017" },
            Row("close", "360302") with { Line = 4 },
            Row("move", "nobody", parent: "360000") with { Line = 5 },
        ]);

        Assert.Null(result.Structure);
        Assert.Equal(
            [
                (2, "change", "shrink", ChangeRules.Known), (3, "from", "01/07/2017", ImportRules.Date),
                (4, "unit", "360302", ChangeRules.Childless), (5, "unit", "nobody", ChangeRules.InForce),
            ],
            result.Faults.Select(fault => (fault.Line, fault.Column, fault.Value, fault.Rule)));
        Assert.All(result.Faults, fault => Assert.True(fault.MessageZh.Length > 0 && fault.MessageEn.Length > 0));
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "move,360302,,,,,,", "parent", ChangeRules.Required },
        { "move,360302,nobody,,,,,", "parent", ChangeRules.InForce },
        { "move,360302,360000,360313,,,,", "into", ChangeRules.Unused },
        { "move,36_302,360000,,,,,", "unit", ImportRules.Code },
        { "move,360313,360302,,,,,", "level", ImportRules.ParentLevel },
        { "move,360300-edu,360300-edu.1,,,,,", "parent", ImportRules.ParentAcyclic },
        { "move,360302,360300-fin,,,,,", "parent", ImportRules.ParentKind },
        { "rename,360302,,,,,,", "name", ChangeRules.Required },
        { "rename,360302,,,,department,,", "parent", "" },
        { "rename,360302,,,,,hamlet,", "level", ImportRules.Level },
        { "rename,360302-edu,,,,,county,", "level", ImportRules.Level },
        { "rename,360302-edu,,,,ministry,,", "kind", ImportRules.Kind },
        { "open,360302,360300,,新区,government,county,", "unit", ChangeRules.New },
        { "open,360399,360300,,新区,government,,", "level", ImportRules.Level },
        { "open,360399,360300,,,government,county,", "name", ChangeRules.Required },
        { "merge,360302,,360399,,,,", "name", ChangeRules.Required },
        { "merge,360302,,360302,,,,", "into", ChangeRules.Other },
        { "merge,360302,,360313,新区,,,", "name", ChangeRules.Unused },
        { "abolish,360302,,360399,,,,", "into", ChangeRules.InForce },
        { "split,360300-edu,,360300-x,一局,,,360300-edu.1 360302", "children", ChangeRules.Child },
        { "split,360300-edu,,360300-x,一局,,,", "unit", ChangeRules.Childless },
        { "close,360300-fin,,,,,,360302", "children", ChangeRules.Unused },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Restructure_OneFault_IsNamedByFieldAndRule(string text, string field, string rule)
    {
        var cells = text.Split(',');
        var row = new ChangeRow(
            1, cells[0], "", "2017-07-01", cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);

        var result = structure.Restructure([row]);

        if (rule.Length == 0)
        {
            // A government that becomes a department may keep its departments below it.
            Assert.Empty(result.Faults);
            return;
        }

        var fault = Assert.Single(result.Faults);
        Assert.Equal((1, field, rule), (fault.Line, fault.Column, fault.Rule));
    }

    /// <summary>Each ledger would wait for the other when they come into memory.</summary>
    [Fact]
    public void Restructure_UnitComesUnderOneThatIsBelowItInALine_IsRefused()
    {
        var both = structure.MustImport("education", Csv.File("360300-edu,,,,,,", "360302-edu,,,,360300-edu,,"));

        var fault = Assert.Single(both.Restructure([Row("move", "360300-edu", parent: "360302-edu")]).Faults);

        Assert.Equal(("parent", "360302-edu", ImportRules.ParentAcyclicAcrossTrees), (fault.Column, fault.Value, fault.Rule));
        Assert.Equal("cycle by way of several trees: 360302-edu → 360300-edu → 360302-edu", fault.MessageEn);
        Assert.Empty(structure.Restructure([Row("move", "360300-edu", parent: "360302-edu")]).Faults);
    }

    [Fact]
    public void Import_LineWithAUnitAboveTheOneThatItIsUnder_IsRefused()
    {
        var result = structure.Import("education", Csv.File("360300-edu.1,,,,,,", "360300-edu,,,,360300-edu.1,,"));

        var fault = Assert.Single(result.Faults);
        Assert.Null(result.Structure);
        Assert.Equal((3, "360300-edu.1", ImportRules.ParentAcyclicAcrossTrees), (fault.Line, fault.Value, fault.Rule));
    }

    [Fact]
    public void Restructure_BeforeALaterChangeOfTheUnit_IsRefused()
    {
        var after = structure.MustRestructure(Row("move", "360300-edu.1", parent: "360300-fin"));

        var fault = Assert.Single(after.Restructure([Row("move", "360300-edu.1", parent: "360302-edu") with { From = "2017-01-01" }]).Faults);

        Assert.Equal(("from", ChangeRules.Order), (fault.Column, fault.Rule));
    }

    [Fact]
    public void Restructure_ParentClosesWhileAChildLeavesLater_IsRefused()
    {
        var result = structure.Restructure(
        [
            Row("move", "360300-edu.1", parent: "360300-fin") with { From = "2018-01-01" },
            Row("close", "360300-edu") with { Line = 2 },
        ]);

        var fault = Assert.Single(result.Faults);
        Assert.Equal((2, ChangeRules.ParentInForce), (fault.Line, fault.Rule));
    }
}
