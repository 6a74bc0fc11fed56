using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Tests.Forms;

public sealed class Form2014Tests
{
    private static readonly Form Form = Report.Catalog.Get("2014");

    /// <summary>Figures of a busy office in which every identity holds and no cell is zero.</summary>
    private static readonly (string Cell, long Value)[] Busy =
    [
        ("1.1", 400), ("1.1.a", 50), ("1.1.b", 60),
        ("1.2.1", 100), ("1.2.2", 300), ("1.2.3", 200), ("1.2.4", 100), ("1.2.5", 20),
        ("2.1", 9), ("2.2.1", 8), ("2.2.1.a", 3), ("2.2.2", 7), ("2.2.2.a", 2), ("2.2.3", 6), ("2.2.4", 5), ("2.2.5", 4),
        ("3.1", 100), ("3.1.1", 10), ("3.1.2", 20), ("3.1.3", 30), ("3.1.4", 40),
        ("3.2", 90), ("3.2.1", 80), ("3.2.2", 10),
        ("3.3", 90), ("3.3.1", 10), ("3.3.2", 20), ("3.3.3", 5), ("3.3.4", 21), ("3.3.5", 4), ("3.3.6", 10), ("3.3.7", 12), ("3.3.8", 8),
        ("3.3.4.a", 1), ("3.3.4.b", 2), ("3.3.4.c", 3), ("3.3.4.d", 4), ("3.3.4.e", 5), ("3.3.4.f", 6),
        ("4", 6), ("4.1", 1), ("4.2", 2), ("4.3", 3), ("5", 9), ("5.1", 2), ("5.2", 3), ("5.3", 4), ("6", 11), ("7", 3),
        ("8.1", 1), ("8.2", 2), ("8.3", 7), ("8.3.1", 3), ("8.3.2", 4), ("8.4", 12), ("9.1", 4), ("9.2", 5), ("9.3", 300),
    ];

    public static TheoryData<string, Severity, (string, long)[]> Broken => new()
    {
        { "1.1.a<=1.1", Severity.Hard, [("1.1.a", 401), ("1.1.b", 401)] },
        { "1.1.a<=1.1.b", Severity.Soft, [("1.1.b", 49)] },
        { "1.2.1<=1.1", Severity.Hard, [("1.2.1", 401)] },
        { "1.2.2<=1.1", Severity.Hard, [("1.2.2", 401)] },
        { "1.2.3<=1.1", Severity.Hard, [("1.2.3", 401)] },
        { "1.2.4<=1.1", Severity.Hard, [("1.2.4", 401)] },
        { "1.2.5<=1.1", Severity.Hard, [("1.2.5", 401)] },
        { "1.1<=sum", Severity.Hard, [("1.1", 721)] },
        { "2.2.1.a<=2.2.1", Severity.Hard, [("2.2.1.a", 9)] },
        { "2.2.2.a<=2.2.2", Severity.Hard, [("2.2.2.a", 8)] },
        { "3.1=sum", Severity.Hard, [("3.1", 101)] },
        { "3.1=sum", Severity.Hard, [("3.1.4", 39)] },
        { "3.2=sum", Severity.Hard, [("3.2.2", 11)] },
        { "3.3=sum", Severity.Hard, [("3.3.8", 9)] },
        { "3.3.4=sum", Severity.Hard, [("3.3.4.f", 7)] },
        { "3.2<=3.1", Severity.Soft, [("3.1", 89), ("3.1.4", 29)] },
        { "3.3=3.2", Severity.Soft, [("3.3", 91), ("3.3.8", 9)] },
        { "4=sum", Severity.Hard, [("4", 7)] },
        { "5=sum", Severity.Hard, [("5.3", 5)] },
        { "8.3=sum", Severity.Hard, [("8.3.1", 2)] },
    };

    [Fact]
    public void Cells_OfTheForm_AreThePrintedOnes()
    {
        Assert.Equal(58, Form.Cells.Length);
        Assert.Equal(Busy.Select(pair => pair.Cell).Order(StringComparer.Ordinal), Form.Cells.Select(cell => cell.Code).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 58), Form.Cells.Select(cell => cell.Index));
        Assert.All(Form.Cells, cell => Assert.Same(cell, Form.Cells[Form.IndexOf(cell.Code)]));
        Assert.Equal(["8.1", "8.2", "8.3", "8.3.1", "8.3.2", "8.4"],
            Form.Cells.Where(cell => cell.Kind == CellKind.Stock).Select(cell => cell.Code));
        Assert.Equal([("7", 4), ("8.4", 4)], Form.Cells.Where(cell => cell.Scale != 0).Select(cell => (cell.Code, cell.Scale)));
        Assert.All(Form.Cells, cell => Assert.Equal(cell.Code[..1], cell.Section));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9"], Form.Sections.Select(section => section.Code));
        Assert.All(Form.Cells, cell => Assert.True((Int128)cell.Max * FixedPoint.Power(cell.Scale) * 1_000_000 <= long.MaxValue));
        Assert.True(Form.TryGetCell("3.3.4.f", out var grounds));
        Assert.Equal("3.3.4", grounds.Parent);
        Assert.Equal("件", grounds.UnitOfMeasure);
    }

    [Fact]
    public void Accepts_YearsAndQuartersInUse_Only()
    {
        Assert.All(["2014", "2018", "2017Q3"], period => Assert.True(Form.Accepts(Period.Parse(period))));
        Assert.All(["2013", "2019", "2017-11"], period => Assert.False(Form.Accepts(Period.Parse(period))));
        Assert.False(Form.Accepts(default));
    }

    [Fact]
    public void Check_EveryIdentityHolds_FindsNothing() =>
        Assert.Empty(Report.Check(Form, Report.Full(Form, Busy)));

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_OneIdentityBroken_FindsExactlyThatOne(string id, Severity severity, (string, long)[] changed)
    {
        var finding = Assert.Single(Report.Check(Form, Report.Full(Form, Busy.With(changed))));

        Assert.Equal((id, severity), (finding.CheckId, finding.Severity));
        Assert.NotEmpty(finding.MessageZh);
        Assert.NotEmpty(finding.MessageEn);
        Assert.Contains(changed[0].Item1, finding.Cells);
    }

    [Fact]
    public void Broken_Cases_CoverEveryRuleOfTheForm() => Assert.Equal(
        Form.Checks.Select(check => check.Id).Except(["change", "narrative", "filed-early", "sum-below", "quarters"]).Order(StringComparer.Ordinal),
        Broken.Select(row => (string)row[0]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Check_BrokenSum_SaysWhatIsWrongInBothLanguages()
    {
        var finding = Assert.Single(Report.Check(Form, Report.Full(Form, Busy.With(("3.1", 101)))));

        Assert.Equal(["3.1", "3.1.1", "3.1.2", "3.1.3", "3.1.4"], finding.Cells.ToArray());
        Assert.Equal("101 : 100", finding.Value);
        Assert.Equal("[3.1] = sum([3.1.1]:[3.1.4])", finding.Rule);
        Assert.Equal("3.1 为 101，不等于 3.1.1 至 3.1.4 之和 100", finding.MessageZh);
        Assert.Equal("3.1 is 101, not 100, the sum of 3.1.1 to 3.1.4", finding.MessageEn);
    }

    [Fact]
    public void Check_NoFigures_FindsNothing() =>
        Assert.Empty(Report.Check(Form, Report.Sparse(Form)));

    [Fact]
    public void Check_HoldingFigures_AllocatesNothing()
    {
        var input = new CheckInput(Report.Full(Form, Busy), Report.Year2017) { SamePeriodLastYear = Report.Full(Form, Busy) };
        Assert.Empty(Form.Check(input));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Form.Check(input);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Check_OtherLayout_IsRefused()
    {
        var refused = Assert.Throws<ArgumentException>(() => Report.Check(Form, Totals.Empty(3)));
        Assert.Equal("3 values are not of form 2014, which has 58 cells.", refused.Message);
    }
}
