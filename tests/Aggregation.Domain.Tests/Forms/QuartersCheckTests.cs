using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

public sealed class QuartersCheckTests
{
    private static readonly Form Form = Report.Catalog.Get("2014");

    private static readonly Vector[] Year = [.. Enumerable.Range(1, 4).Select(Quarter)];

    [Fact]
    public void Check_YearIsWhatItsQuartersMake_HasNoFinding() =>
        Assert.Empty(Check(Report.Sparse(Form, ("6", 10), ("9.1", 40), ("8.1", 4)), Year));

    [Fact]
    public void Check_FlowAndStockDiffer_NamesCellYearlyFigureAndSum()
    {
        var findings = Check(Report.Sparse(Form, ("6", 11), ("9.1", 39), ("8.1", 10)), Year);

        Assert.Equal(
            [("quarters:6", "11 : 10"), ("quarters:8.1", "10 : 4"), ("quarters:9.1", "39 : 40")],
            findings.Select(finding => (finding.CheckId, finding.Value)));
        Assert.All(findings, finding => Assert.Equal(Severity.Soft, finding.Severity));
        Assert.Equal("举报投诉数量：年报为 11，四个季度合计 10，两处不一致，请核实", findings[0].MessageZh);
        Assert.Equal("Reports and complaints: the year says 11, the four quarters sum to 10, please verify", findings[0].MessageEn);
        Assert.EndsWith("the year says 10, the fourth quarter says 4, please verify", findings[1].MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_QuartersMissing_WantsAtLeastTheirSumAndStocksOnlyOfTheFourth()
    {
        Vector?[] two = [null, Year[1], Year[2], null];

        Assert.Empty(Check(Report.Sparse(Form, ("6", 50), ("9.1", 50), ("8.1", 9)), two));
        var finding = Assert.Single(Check(Report.Sparse(Form, ("6", 4), ("9.1", 50)), two));
        Assert.Equal(("quarters:6", "4 : 5"), (finding.CheckId, finding.Value));
        Assert.EndsWith("the year says 4, the 2 quarters filed already sum to 5, please verify", finding.MessageEn, StringComparison.Ordinal);
        Assert.Equal(["quarters:8.1"], Report.Ids(Check(
            Report.Sparse(Form, ("6", 50), ("9.1", 50), ("8.1", 9)), [null, null, null, Year[3]])));
    }

    [Fact]
    public void Check_CellEmpty_IsAFindingOnlyInTheYear()
    {
        var finding = Assert.Single(Check(Report.Sparse(Form, ("9.1", 40), ("8.1", 4)), Year));
        Assert.Equal(("quarters:6", "- : 10"), (finding.CheckId, finding.Value));
        Assert.Contains("年报未填", finding.MessageZh, StringComparison.Ordinal);

        Assert.Empty(Check(Report.Sparse(Form, ("6", 10), ("9.1", 40), ("8.1", 4), ("9.3", 5)), Year));
        var zeros = Enumerable.Repeat(Report.Sparse(Form, ("6", 0)), 4).ToArray();
        Assert.Empty(Check(Vector.Empty(Form.Cells.Length), zeros));
    }

    [Fact]
    public void Check_Decimals_AreExactAndPrinted()
    {
        var quarters = Enumerable.Repeat(Report.Sparse(Form, ("7", 2)), 4).ToArray();

        Assert.Equal("9.0000 : 8.0000", Assert.Single(Check(Report.Sparse(Form, ("7", 9)), quarters)).Value);
    }

    [Fact]
    public void Of_NoQuarterFiled_IsNothingToCompare()
    {
        Assert.Null(QuarterFigures.Of(Form, [null, null, null, null]));
        Assert.Throws<ArgumentException>(() => QuarterFigures.Of(Form, [null, Year[0]]));
        Assert.Empty(Check(Report.Sparse(Form, ("6", 11)), [null, null, null, null]));
    }

    [Fact]
    public void Checks_OfForms_HaveItWhereYearAndQuarterAreReported() => Assert.All(
        Report.Catalog.Forms,
        form => Assert.Equal(
            form.Periods.Contains(PeriodKind.Year) && form.Periods.Contains(PeriodKind.Quarter),
            form.Checks.Any(check => check.Id == "quarters")));

    /// <summary>6 and 9.1 are flows, 8.1 is a stock.</summary>
    private static Vector Quarter(int n) => Report.Sparse(Form, ("6", n), ("9.1", 10), ("8.1", n));

    private static Finding[] Check(Vector year, Vector?[] quarters) =>
        [.. Form.Check(new CheckInput(year, Report.Year2017) { Quarters = QuarterFigures.Of(Form, quarters) })];
}
