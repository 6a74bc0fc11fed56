using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Loading;

namespace Aggregation.Domain.Tests.Forms;

public sealed class FormCatalogTests
{
    [Theory]
    [InlineData("\"code\": \"b\"", "\"code\": \"a\"", "cell a: the code stands more than once")]
    [InlineData("\"code\": \"b\"", "\"code\": \"b c\"", "indicators[1]: 'code' is 'b c', not up to 32 letters, digits, '.', '-', '_' after a letter or digit")]
    [InlineData("\"name\": { \"zh\": \"乙\", \"en\": \"B\" }, ", "", "cell b: 'name' is missing")]
    [InlineData("{ \"zh\": \"乙\", \"en\": \"B\" }", "{ \"zh\": \"乙\" }", "cell b, name: 'en' is missing or not a text")]
    [InlineData("{ \"zh\": \"乙\", \"en\": \"B\" }", "\"B\"", "cell b, name: an object is expected")]
    [InlineData("\"scale\": 2", "\"scale\": 7", "cell m: 'scale' is 7, not a whole number from 0 to 6")]
    [InlineData("\"scale\": 2", "\"scale\": 1.5", "cell m: 'scale' is 1.5, not a whole number from 0 to 6")]
    [InlineData("\"scale\": 2", "\"scale\": 4", "cell m: bound 1000000000 with 4 decimals overflows in a sum of 1000000 units")]
    [InlineData("\"scale\": 2", "\"max\": 9223372036855", "cell m: bound 9223372036855 with 0 decimals overflows in a sum of 1000000 units")]
    [InlineData("\"scale\": 2", "\"decimals\": 2", "cell m: property 'decimals' is unknown")]
    [InlineData("\"scale\": 2", "\"kind\": \"level\"", "cell m: 'kind' is 'level', not one of flow, stock, opening, closing")]
    [InlineData("\"scale\": 2", "\"parent\": \"z\"", "cell m: parent 'z' is unknown")]
    [InlineData("\"scale\": 2", "\"parent\": \"m\"", "cell m: cycle of parents: m → m")]
    [InlineData("\"scale\": 2", "\"columns\": [\"z\"]", "cell m: column 'z' is unknown")]
    [InlineData("\"scale\": 2", "\"columns\": \"z\"", "cell m: 'columns' is not an array")]
    [InlineData("\"scale\": 2", "\"under\": \"z\"", "cell m: heading 'z' is unknown")]
    [InlineData("\"en\": \"Section\" } }", "\"en\": \"Section\" }, \"columns\": [\"z\"] }", "form: it has no cell", "section 1: column 'z' is unknown")]
    [InlineData("\"sections\":", "\"headings\": [{ \"code\": \"h\", \"name\": { \"zh\": \"头\", \"en\": \"H\" }, \"under\": \"h\" }], \"sections\":",
        "heading h: 'under' is 'h', which is no heading before this one")]
    [InlineData("\"sections\":", "\"report\": { \"title\": { \"zh\": \"报告\", \"en\": \"R\" }, \"chapters\": [] }, \"sections\":",
        "report: it has no chapter", "report: section '1' stands in 0 chapters, not in one")]
    [InlineData("\"section\": \"1\", \"unit\": \"万元\"", "\"section\": \"2\", \"unit\": \"万元\"", "cell m: section '2' is unknown")]
    [InlineData(", \"unit\": \"万元\"", "", "cell m: 'unit' is missing or not a text")]
    [InlineData("\"periods\": [\"year\"]", "\"periods\": [\"week\", \"year\", \"year\"]",
        "form: 'periods' holds 'week', not one of year, quarter, month", "form: 'periods' holds 'year' more than once")]
    [InlineData("\"periods\": [\"year\"]", "\"periods\": []", "form: 'periods' names no kind of period")]
    [InlineData("\"periods\"", "\"firstYear\": 2018, \"lastYear\": 2014, \"periods\"", "form: 'lastYear' is 2014, before 'firstYear' 2018")]
    [InlineData("\"id\": \"t\",", "", "form: 'id' is missing or not a text")]
    [InlineData("\"checks\": []", "\"chekcs\": []", "form: property 'chekcs' is unknown")]
    public void Load_FaultyDefinition_IsRefusedNamingFilePartAndRule(string right, string wrong, params string[] faults)
    {
        var json = Report.Definition().Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Report.Definition(), json);
        Assert.Equal(faults.Select(fault => $"form.json: {fault}"), Faults(json));
    }

    [Theory]
    [InlineData("[a] = [z]", "expression '[a] = [z]', position 8: cell 'z' is unknown")]
    [InlineData("[a] [b]", "expression '[a] [b]', position 5: one of =, <=, >=, <, > is expected")]
    [InlineData("[a] = ", "expression '[a] = ', position 7: '[' is expected")]
    [InlineData("[a = [b]", "expression '[a = [b]', position 2: cell 'a = [b' is unknown")]
    [InlineData("[a] = [b", "expression '[a] = [b', position 8: ']' is missing")]
    [InlineData("[a] = [b] !", "expression '[a] = [b] !', position 11: '!' is not expected")]
    [InlineData("[a] = [b] + [b]", "expression '[a] = [b] + [b]', position 7: cell 'b' stands more than once on one side")]
    [InlineData("[a] = 2 * 3", "expression '[a] = 2 * 3', position 11: '[' is expected")]
    [InlineData("[a] = 1000001 * [b]", "expression '[a] = 1000001 * [b]', position 7: a number is at most 1000000")]
    [InlineData("[a] = sum([c]:[b])", "expression '[a] = sum([c]:[b])', position 11: 'c' to 'b' is not a range of siblings in the form's order")]
    [InlineData("[a] = sum([b] [c])", "expression '[a] = sum([b] [c])', position 15: ':' is expected")]
    [InlineData("last [a] = last [a] + last [a]", "expression 'last [a] = last [a] + last [a]', position 12: cell 'a' stands more than once on one side")]
    [InlineData("[a] = last sum([a]:[b])", "expression '[a] = last sum([a]:[b])', position 12: '[' is expected")]
    [InlineData("1 = 1", "expression '1 = 1', position 1: a rule names at least one cell of its own form")]
    public void Load_FaultyRule_IsRefusedWithThePosition(string rule, string fault) =>
        Assert.Equal([$"form.json: check r: {fault}"], Faults(Report.Definition(Report.Rule(rule))));

    [Theory]
    [InlineData("""{ "id": "r", "severity": "hard", "rule": "[a] = [b]" }""", "check r: 'message' is missing")]
    [InlineData("""{ "id": "r", "severity": "hard", "rule": "[a] = [b]", "message": { "zh": "{left}", "en": "{a}" } }""",
        "check r: message '{a}' holds a placeholder other than {left} and {right}")]
    [InlineData("""{ "id": "r", "severity": "firm", "rule": "[a] = [b]", "message": { "zh": "x", "en": "x" } }""",
        "check r: 'severity' is 'firm', not one of hard, soft")]
    [InlineData("""{ "id": "filed-early", "severity": "soft", "rule": "[a] = [b]", "message": { "zh": "x", "en": "x" } }""",
        "check filed-early: a check of this id is the platform's own")]
    [InlineData("""{ "id": "r", "severity": "hard", "change": { "percent": 50, "number": 20 } }""", "check r: a change is soft: it can be true")]
    [InlineData("""{ "id": "r", "severity": "soft", "change": { "percent": 0, "number": 20, "cells": ["z"] } }""",
        "check r, change: 'percent' is 0, not a whole number from 1 to 1000000", "check r: cell 'z' is unknown")]
    [InlineData("""{ "id": "r", "severity": "soft", "rule": "[a] = 1", "change": { "percent": 1, "number": 1 } }""", "check r: property 'rule' is unknown")]
    public void Load_FaultyCheck_IsRefused(string check, params string[] faults) =>
        Assert.Equal(faults.Select(fault => $"form.json: {fault}"), Faults(Report.Definition(check)));

    [Theory]
    [InlineData("\"forEach\": { \"rowsOf\": \"9\" }", "check r:{row}: 'rowsOf' is '9', which is unknown or has none")]
    [InlineData("\"forEach\": { \"columnsOf\": \"a\" }", "check r:{row}: 'columnsOf' is 'a', which is unknown or has none",
        "check r:{row}: the id does not hold {column}, so that all would have the same")]
    [InlineData("\"forEach\": { \"columns\": \"a\" }", "check r:{row}, forEach: 'columnsOf' is missing or not a text",
        "check r:{row}, forEach: property 'columns' is unknown", "check r:{row}: the id does not hold {column}, so that all would have the same")]
    public void Load_FaultyForEach_IsRefusedNamingTheCheck(string each, params string[] faults) => Assert.Equal(
        faults.Select(fault => $"form.json: {fault}"),
        Faults(Report.Definition($$$"""{ "id": "r:{row}", "severity": "hard", {{{each}}}, "rule": "[{row}] = [b]", "message": { "zh": "x", "en": "x" } }""")));

    [Theory]
    [InlineData("[a] <= sum([b]:[c])")]
    [InlineData("[a] = 2 * [b]")]
    [InlineData("[a] = [b] + 1")]
    [InlineData("[a] + [b] = [c]")]
    [InlineData("[m] = [b]")]
    public void Load_FillThatIsNoSum_IsRefused(string rule) => Assert.Equal(
        ["form.json: check r: it fills, so it is hard and says that one cell is the sum of others with as many decimals"],
        Faults(Report.Definition(Filling(rule))));

    [Fact]
    public void Load_FillThatNeedsItself_IsRefused() => Assert.Equal(
        ["form.json: cell a: it fills itself in, by way of its parts"],
        Faults(Report.Definition($"{Filling("[a] = [b]")}, {Filling("[b] = [a]", "s")}")));

    [Fact]
    public void Load_HardComparisonWithLastYear_IsRefused() => Assert.Equal(
        ["form.json: check r: a comparison with another report is soft: the other one may be wrong"],
        Faults(Report.Definition(Report.Rule("[a] = last [b]"))));

    [Fact]
    public void Load_SameCheckIdTwice_IsRefused() => Assert.Equal(["form.json: check r: the code stands more than once"],
        Faults(Report.Definition($"{Report.Rule("[a] = [b]")}, {Report.Rule("[b] = [c]")}")));

    [Theory]
    [InlineData("[z]", "[b]", "derived x: expression '[z]', position 2: cell 'z' is unknown")]
    [InlineData("[a]", "7", "derived x: 'denominator' is '7', which names no cell")]
    [InlineData("last [a]", "[b]", "derived x: 'numerator' is 'last [a]', which reads another report")]
    [InlineData("[a] = [b]", "[b]", "derived x: expression '[a] = [b]', position 5: '=' is not expected")]
    public void Load_FaultyDerived_IsRefused(string numerator, string denominator, string fault) =>
        Assert.Equal([$"form.json: {fault}"], Faults(Report.Definition(derived: Report.Ratio(numerator, denominator, 1, true))));

    [Fact]
    public void Load_DerivedNamedAsACell_IsRefused() => Assert.Equal(["form.json: derived a: a cell has the same code"],
        Faults(Report.Definition(derived: Report.Ratio("[a]", "[b]", 1, true).Replace("\"x\"", "\"a\"", StringComparison.Ordinal))));

    [Fact]
    public void Load_CycleOfParents_IsRefusedWithThePath()
    {
        var json = Report.Definition()
            .Replace("\"en\": \"A\" }", "\"en\": \"A\" }, \"parent\": \"b\"", StringComparison.Ordinal)
            .Replace("\"en\": \"B\" }", "\"en\": \"B\" }, \"parent\": \"a\"", StringComparison.Ordinal)
            .Replace("\"en\": \"C\" }", "\"en\": \"C\" }, \"parent\": \"a\"", StringComparison.Ordinal);

        Assert.Equal(
            ["form.json: cell a: cycle of parents: a → b → a", "form.json: cell b: cycle of parents: b → a → b"], Faults(json));
    }

    [Fact]
    public void Load_ManyFaultsInSeveralFiles_ListsAllOfThem()
    {
        var first = Report.Definition(Report.Rule("[a] = [y]")).Replace("\"scale\": 2", "\"scale\": 9", StringComparison.Ordinal);

        var refused = Assert.Throws<FormDefinitionException>(() => FormCatalog.Load(
            Report.Source("first.json", first),
            Report.Source("second.json", "{ \"id\": \"x\", \"id\": \"y\" }"),
            Report.Source("third.json", Report.Definition()),
            Report.Source("fourth.json", Report.Definition()),
            Report.Source("fifth.json", "[]")));

        Assert.Equal(
            [
                ("first.json", "cell m"), ("first.json", "check r"), ("second.json", "form"), ("third.json", "form"),
                ("fourth.json", "form"), ("fifth.json", "form"),
            ],
            refused.Faults.Select(fault => (fault.File, fault.Subject)).DistinctBy(fault => fault));
        Assert.Contains("fourth.json: form: id 't' is taken by another file", refused.Message, StringComparison.Ordinal);
        Assert.Contains("fifth.json: form: an object is expected", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{refused.Faults.Length} faults in form definitions:\nfirst.json: cell m: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherDefinition_JoinsTheBuiltInOnes()
    {
        var catalog = FormCatalog.Load(Report.Source("t.json", Report.Definition()));

        Assert.Equal("t", catalog.Get("t").Id);
        Assert.True(catalog.TryGet("2014", out _));
        Assert.False(catalog.TryGet("none", out _));
        Assert.False(catalog.TryGet(null, out _));
        var unknown = Assert.Throws<KeyNotFoundException>(() => catalog.Get("none"));
        Assert.Equal("There is no form 'none'; there are 2014, 2021, interaction, items-by-class, items-by-key-area, lists, t.", unknown.Message);
    }

    [Fact]
    public void ContentHash_OtherSpacingOrPropertyOrder_IsTheSameAndOtherContentIsNot()
    {
        var json = Report.Definition();
        var hash = Report.Compile(json).ContentHash;

        Assert.Equal(hash, Report.Compile(json.Replace(" ", "", StringComparison.Ordinal)).ContentHash);
        Assert.Equal(hash, Report.Compile(json.Replace("\"unit\": \"万元\", \"scale\": 2", "\"scale\": 2, \"unit\": \"万元\"", StringComparison.Ordinal)).ContentHash);
        Assert.NotEqual(hash, Report.Compile(json.Replace("\"scale\": 2", "\"scale\": 3", StringComparison.Ordinal)).ContentHash);
    }

    private static string Filling(string rule, string id = "r") => Report.Rule(rule)
        .Replace("\"r\"", $"\"{id}\"", StringComparison.Ordinal).Replace("\"rule\"", "\"fills\": true, \"rule\"", StringComparison.Ordinal);

    private static IEnumerable<string> Faults(string json) =>
        Assert.Throws<FormDefinitionException>(() => Report.Compile(json)).Faults.Select(fault => fault.ToString());
}
