using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

public sealed class Form2021Tests
{
    private static readonly Form Form = Figures2021.Form;

    private static readonly Period Year2024 = Period.OfYear(2024);

    [Fact]
    public void Cells_OfTheForm_AreTwoHundredInTheirSections()
    {
        Assert.Equal(200, Form.Cells.Length);
        Assert.Equal([("2.1", 6), ("2.5", 1), ("2.6", 2), ("2.8", 1), ("3", 175), ("4", 15)],
            Form.Cells.CountBy(cell => cell.Section).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(21, Figures2021.Results.Length);
        Assert.Equal(["3.2"], Form.Cells.Where(cell => cell.Kind == CellKind.OpeningStock).Select(cell => cell.Indicator).Distinct());
        Assert.Equal(["2.1.1:in-force", "2.1.2:in-force"], Form.Cells.Where(cell => cell.Kind == CellKind.Stock).Select(cell => cell.Code));
        Assert.Equal(["3.4", "4.1", "4.2", "4.3"], Form.Cells.Where(cell => cell.Kind == CellKind.ClosingStock).Select(cell => cell.Indicator).Distinct());
        Assert.Equal([("2.8.1:charged", 4, "万元")],
            Form.Cells.Where(cell => cell.Scale != 0).Select(cell => (cell.Code, cell.Scale, cell.UnitOfMeasure)));
        var cell = Form.Cells[Form.IndexOf("3.3.3.1:business")];
        Assert.Equal(("不予公开：属于国家秘密（商业企业）", "Refused: state secrets (businesses)", "3.3.7:business"), (cell.NameZh, cell.NameEn, cell.Parent));
    }

    [Fact]
    public void Accepts_YearsSince2021_Only()
    {
        Assert.All(["2021", "2024"], period => Assert.True(Form.Accepts(Period.Parse(period))));
        Assert.All(["2020", "2024Q1", "2024-01"], period => Assert.False(Form.Accepts(Period.Parse(period))));
    }

    [Fact]
    public void Checks_OfTheForm_AreFortyTwoHardOnesAndNineAcrossYears()
    {
        Assert.Equal(42, Form.Checks.Count(check => check.Severity == Severity.Hard));
        Assert.Equal(9, Form.Checks.Count(check => check.Rule.Contains("last [", StringComparison.Ordinal)));
        Assert.Equal(["narrative", "filed-early", "sum-below"], Form.Checks.Where(check => check.Severity == Severity.Soft)
            .Where(check => !check.Rule.Contains("last [", StringComparison.Ordinal)).Select(check => check.Id));
    }

    [Fact]
    public void Check_EveryIdentityHolds_FindsNothing() => Assert.Empty(Report.Check(Form, Report.Sparse(Form, Figures2021.Busy)));

    [Fact]
    public void Check_OneCellOffByOne_FindsEveryIdentityThatItStandsInAndNoOther()
    {
        foreach (var cell in Form.Cells)
        {
            var value = Figures2021.Busy.Single(pair => pair.Cell == cell.Code).Value;
            var findings = Report.Check(Form, Report.Sparse(Form, Figures2021.Busy.With((cell.Code, value + 1))));

            Assert.Equal(Identities(cell).Order(StringComparer.Ordinal), Report.Ids(findings).Order(StringComparer.Ordinal));
            Assert.All(findings, finding => Assert.Equal(Severity.Hard, finding.Severity));
        }
    }

    [Fact]
    public void Check_BrokenBalance_NamesTheColumnInBothLanguages()
    {
        var findings = Report.Check(Form, Report.Full(Form,
            ("3.1:legal", 3), ("3.1:total", 3), ("3.4:legal", 2), ("3.4:other", 1), ("3.4:total", 3)));

        Assert.Equal(["3.1+3.2=3.3.7+3.4:legal", "3.1+3.2=3.3.7+3.4:other"], Report.Ids(findings));
        var finding = findings[0];
        Assert.Equal("[3.1:legal] + [3.2:legal] = [3.3.7:legal] + [3.4:legal]", finding.Rule);
        Assert.Equal("法律服务机构：本年新收与上年结转之和为 3，不等于办理结果总计与结转下年度之和 2", finding.MessageZh);
        Assert.Equal("legal service bodies: new and carried over sum to 3, not 2 as results and carried on do", finding.MessageEn);
    }

    [Fact]
    public void Check_LastYearCarriedOnOtherFigures_IsASoftFindingForEachColumn()
    {
        var lastYear = Report.Sparse(Form, ("3.4:person", 5), ("3.4:total", 5), ("2.1.2:in-force", 100));
        var holding = Report.Sparse(Form, ("3.2:person", 5), ("3.2:total", 5), ("3.4:person", 5), ("3.4:total", 5),
            ("2.1.2:issued", 8), ("2.1.2:repealed", 3), ("2.1.2:in-force", 105));
        var other = Report.Sparse(Form, ("3.2:person", 4), ("3.2:total", 4), ("3.4:person", 4), ("3.4:total", 4),
            ("2.1.2:issued", 8), ("2.1.2:repealed", 3), ("2.1.2:in-force", 104));

        Assert.Empty(Check(holding, lastYear));
        var findings = Check(other, lastYear);

        Assert.Equal(
            [("3.2=last-3.4:person", "4 : 5"), ("3.2=last-3.4:total", "4 : 5"), ("2.1.2:in-force=last+issued-repealed", "104 : 105")],
            findings.Select(finding => (finding.CheckId, finding.Value)));
        Assert.All(findings, finding => Assert.Equal(Severity.Soft, finding.Severity));
        Assert.Equal("自然人：上年结转为 4，上年度报告结转下年度为 5，请说明", findings[0].MessageZh);
        Assert.Equal("natural persons: 4 carried over from last year, whose report carried 5 on, please explain", findings[0].MessageEn);
        Assert.Equal(["3.2:person", "3.4:person"], findings[0].Cells.ToArray());
    }

    [Fact]
    public void Check_LastYearNotFiledOrNil_ComparesWithNothingOrWithZero()
    {
        var figures = Report.Sparse(Form, ("3.2:person", 4), ("3.2:total", 4), ("3.4:person", 4), ("3.4:total", 4));

        Assert.Empty(Check(figures, null));
        Assert.Equal(["3.2=last-3.4:person", "3.2=last-3.4:total"], Report.Ids(Check(figures, Vector.Empty(200))));
        Assert.Equal(["3.2=last-3.4:person"], Report.Ids(Check(Vector.Empty(200), Report.Sparse(Form, ("3.4:person", 1)))));
        Assert.Empty(Check(Vector.Empty(200), Vector.Empty(200)));
    }

    [Fact]
    public void Fill_TotalsLeftEmpty_AreTheSumsOfTheirParts()
    {
        var totals = Form.Fills.Select(fill => Form.Cells[fill.Total].Code).ToHashSet();
        Assert.Equal(7 + 25 + 3 - 1, totals.Count);
        var parts = Report.Sparse(Form, [.. Figures2021.Busy.Where(pair => !totals.Contains(pair.Cell))]);

        var filled = Form.Fill(parts, out var over);

        Assert.Null(over);
        Assert.Equal(Report.Sparse(Form, Figures2021.Busy), filled);
    }

    [Fact]
    public void Fill_TotalsGivenOrWithoutParts_StayAsTheyAre()
    {
        var wrong = Report.Sparse(Form, ("3.1:person", 2), ("3.1:total", 9));
        Assert.Same(wrong, Form.Fill(wrong, out _));
        var empty = Vector.Empty(200);
        Assert.Same(empty, Form.Fill(empty, out _));
        var zero = Form.Fill(Report.Sparse(Form, ("4.1:upheld", 0)), out _);
        Assert.Equal(Report.Sparse(Form, ("4.1:upheld", 0), ("4.1:all", 0)), zero);
    }

    [Fact]
    public void Fill_SumOverTheBound_NamesTheTotal()
    {
        var figures = Report.Sparse(Form, ("3.1:person", 1_000_000_000), ("3.1:legal", 1));

        Assert.Same(figures, Form.Fill(figures, out var over));
        Assert.Equal("3.1:total", over!.Code);
    }

    [Fact]
    public void Derived_Rates_ComeFromSummedCells()
    {
        var sums = new Sums(200);
        sums.Add(Report.Sparse(Form, ("3.1:total", 3), ("3.2:total", 0), ("3.3.7:total", 1), ("3.3.1:total", 1), ("4.1:all", 4), ("4.1:pending", 4)));
        sums.Add(Report.Sparse(Form, ("3.1:total", 97), ("3.2:total", 20), ("3.3.7:total", 89), ("3.3.1:total", 44)));
        decimal? Rate(string code) => Form.Derived.Single(derived => derived.Code == code).Evaluate(sums);

        Assert.Equal(75.0m, Rate("concluded-rate"));
        Assert.Equal(50.0m, Rate("granted-rate"));
        Assert.Null(Rate("reconsideration-corrected-rate"));
        Assert.Null(Rate("person-share"));
    }

    [Fact]
    public void Layout_OfTheReport_HasTheSixPrescribedChapters()
    {
        var report = Form.Layout.Report!;
        Assert.Equal(["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况", "六、其他需要报告的事项"], report.Chapters.Select(chapter => chapter.Mark + chapter.NameZh));
        Assert.Equal([0, 4, 1, 1, 0, 0], report.Chapters.Select(chapter => chapter.Sections.Length));
        var row = Form.Layout.Rows.Single(row => row.Indicator == "3.3.4.2");
        Assert.Equal(("2.", "没有现成信息需要另行制作", "3.3.4", 7), (row.Mark, row.NameZh, row.Under, row.Columns.Length));
        Assert.Equal("organisations", Form.Layout.Columns.Single(column => column.Code == "welfare").Under);
    }

    /// <summary>The checks that a cell stands in, told from its place in the table.</summary>
    private static IEnumerable<string> Identities(Cell cell)
    {
        if (cell.Section is not ("3" or "4"))
            yield break;
        yield return $"{cell.Indicator}:{(cell.Section == "3" ? "total" : "all")}=sum";
        if (cell.Indicator is "3.1" or "3.2" or "3.3.7" or "3.4")
            yield return $"3.1+3.2=3.3.7+3.4:{cell.Column}";
        if (cell.Indicator == "3.3.7" || Figures2021.Results.Contains(cell.Indicator))
            yield return $"3.3.7:{cell.Column}=results";
    }

    private static Finding[] Check(Vector figures, Vector? lastYear) =>
        [.. Form.Check(new CheckInput(figures, Year2024) { SamePeriodLastYear = lastYear })];
}
