using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Loading;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>Rules that read the unit's other reports: on another form, for last year, for the quarters of the year.</summary>
public sealed class OtherReportTests
{
    private static readonly CellSource OfOther = new("other", SourcePeriod.Same);

    [Fact]
    public void Load_RuleOnAFormOfALaterFile_SaysWhichReportsItReads()
    {
        var form = Compile("[a] = form(other) [x] + last form(other) [x] - quarters form(other) [x] + quarters [b] + last [b]");

        Assert.Equal(
            [OfOther, new("other", SourcePeriod.LastYear), new("other", SourcePeriod.Quarters), new(null, SourcePeriod.Quarters), new(null, SourcePeriod.LastYear)],
            Assert.Single(form.Checks, check => check.Id == "r").Sources.AsEnumerable());
        Assert.Equal([OfOther, new("other", SourcePeriod.LastYear), new("other", SourcePeriod.Quarters)], form.References.AsEnumerable());
        Assert.Equal(["a", "b"], form.Checks[0].Cells.AsEnumerable());
    }

    [Theory]
    [InlineData("[a] = form(none) [x]", "position 12: form 'none' is unknown")]
    [InlineData("[a] = form(other) [a]", "position 20: cell 'a' of form 'other' is unknown")]
    [InlineData("[a] = last form(other) [a]", "position 25: cell 'a' of form 'other' is unknown")]
    [InlineData("[a] = form(t) [b]", "position 12: form 't' is the one that is checked, so its cells stand alone")]
    [InlineData("[a] = form(other [x]", "position 12: ')' is missing")]
    [InlineData("[a] = form [x]", "position 12: '(' is expected")]
    [InlineData("[a] = quarters last [a]", "position 16: '[' is expected")]
    [InlineData("[a] = quarters form(yearly) [y]", "position 16: form 'yearly' is not reported by quarter, or form 't' not by year")]
    [InlineData("[a] = form(monthly) [z]", "position 7: form 'monthly' is reported for no kind of period that form 't' is")]
    [InlineData("form(other) [x] = 1", "position 1: a rule names at least one cell of its own form")]
    [InlineData("[a] = form(other) [x] + form(other) [x]", "position 7: cell 'x' stands more than once on one side")]
    public void Load_FaultyReference_IsRefusedByFileCheckAndPosition(string rule, string fault) => Assert.Equal(
        [$"form.json: check r: expression '{rule}', {fault}"],
        Assert.Throws<FormDefinitionException>(() => Compile(rule)).Faults.Select(found => found.ToString()));

    [Fact]
    public void Load_HardComparisonWithAnotherForm_IsRefused() => Assert.Equal(
        ["form.json: check r: a comparison with another report is soft: the other one may be wrong"],
        Assert.Throws<FormDefinitionException>(() => Compile("[a] = form(other) [x]", "hard")).Faults.Select(found => found.ToString()));

    [Fact]
    public void Check_AnotherForm_AppliesWhereItWasFiledAndFindsWhatDiffers()
    {
        var form = Compile("[a] + [b] = form(other) [x]");
        var figures = Report.Sparse(form, ("a", 3), ("b", 4));

        Assert.Empty(Check(form, figures, null));
        Assert.Empty(Check(form, figures, ("x", 7)));
        var finding = Assert.Single(Check(form, figures, ("x", 8)));
        Assert.Equal(("r", "7 : 8", "左 7 右 8", "left 7 right 8"), (finding.CheckId, finding.Value, finding.MessageZh, finding.MessageEn));
        Assert.Equal(["a", "b"], finding.Cells.AsEnumerable());
        Assert.Equal("7 : 0", Assert.Single(Check(form, figures, [])).Value);
        Assert.Equal("0 : 8", Assert.Single(Check(form, Report.Sparse(form), ("x", 8))).Value);
        Assert.Empty(Check(form, Report.Sparse(form), []));
    }

    [Fact]
    public void Check_FiftyPercentAgainstLastYear_IsTwoRulesWithWholeNumbers()
    {
        var up = Compile("2*[a] <= 3*last [a]");
        var down = Compile("2*[a] >= last [a]");
        foreach (var (now, found) in new[] { (49L, 1), (50, 0), (150, 0), (151, 1) })
        {
            var before = Report.Sparse(up, ("a", 100));
            var input = new CheckInput(Report.Sparse(up, ("a", now)), Report.Year2017) { SamePeriodLastYear = before };
            Assert.Equal(found, up.Check(input).Length + down.Check(input).Length);
        }
    }

    [Fact]
    public void Check_SumOfTheQuarters_AppliesWhereAllFourWereFiled()
    {
        var form = Compile("[a] = quarters [a]");
        Vector Quarter(long value) => Report.Sparse(form, ("a", value));
        CheckInput Year(params Vector?[] quarters) => new(Report.Sparse(form, ("a", 11)), Report.Year2017) { Quarters = QuarterFigures.Of(form, quarters) };

        // The form's own check on its quarters, which every such form has, is not the one asked here.
        Finding[] Found(in CheckInput input) => [.. form.Check(input, [form.Checks[0]])];

        Assert.Equal("11 : 10", Assert.Single(Found(Year(Quarter(1), Quarter(2), Quarter(3), Quarter(4)))).Value);
        Assert.Empty(Found(Year(Quarter(1), Quarter(2), Quarter(4), Quarter(4))));
        Assert.Empty(Found(Year(Quarter(1), Quarter(2), null, Quarter(4))));
        Assert.Empty(Found(new CheckInput(Report.Sparse(form, ("a", 11)), Report.Year2017)));
    }

    private static Finding[] Check(Form form, Vector figures, params (string Cell, long Value)[]? other) =>
    [
        .. form.Check(new CheckInput(figures, Report.Year2017)
        {
            Others = other is null ? null : new Dictionary<CellSource, ICellValues> { [OfOther] = Report.Sparse(Other, other) },
        }),
    ];

    private static Form Other => FormCatalog.LoadOnly(Report.Source("other.json", Definition("other", "x", "\"year\", \"quarter\""))).Forms.Single();

    private static Form Compile(string rule, string severity = "soft") => FormCatalog.LoadOnly(
        Report.Source("form.json", Report.Definition(Report.Rule(rule, severity)).Replace("[\"year\"]", "[\"year\", \"quarter\"]", StringComparison.Ordinal)),
        Report.Source("other.json", Definition("other", "x", "\"year\", \"quarter\"")),
        Report.Source("yearly.json", Definition("yearly", "y", "\"year\"")),
        Report.Source("monthly.json", Definition("monthly", "z", "\"month\""))).Get("t");

    private static string Definition(string id, string cell, string periods) => $$"""
        {
          "id": "{{id}}", "name": { "zh": "表", "en": "Form" }, "periods": [{{periods}}],
          "sections": [{ "code": "1", "name": { "zh": "节", "en": "Section" } }],
          "indicators": [{ "code": "{{cell}}", "name": { "zh": "甲", "en": "A" }, "section": "1", "unit": "件" }],
          "checks": []
        }
        """;
}
