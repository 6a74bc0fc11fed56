using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>The report of the Nanyang zone for 2017: a table without fault, and a text that says otherwise.</summary>
public sealed class NanyangReportTests
{
    private static readonly Form Form = Report.Catalog.Get("2014");

    [Fact]
    public void Check_TheTable_FindsNothing() =>
        Assert.Empty(Report.Check(Form, Report.Full(Form, Report.Nanyang)));

    [Fact]
    public void Check_TheTextBesideTheTable_FindsEachDisagreement()
    {
        var findings = Form.Check(new CheckInput(Report.Full(Form, Report.Nanyang), Report.Year2017)
        {
            Narrative = Report.Sparse(Form, ("1.1", 1795), ("1.1.a", 72), ("1.2.4", 196), ("1.2.5", 1171), ("3.1", 2)),
        });

        Assert.Equal(["narrative:1.1", "narrative:1.2.5", "narrative:3.1"], Report.Ids(findings));
        Assert.All(findings, finding => Assert.Equal(Severity.Soft, finding.Severity));
        Assert.Equal("1795 : 428", findings[0].Value);
        Assert.Equal(["1.1"], findings[0].Cells.ToArray());
        Assert.Equal("主动公开政府信息数：报告正文为 1795，统计表为 428，两处不一致", findings[0].MessageZh);
        Assert.Equal("Applications received: the text says 2, the table says 0", findings[2].MessageEn);
    }

    [Fact]
    public void Check_TextStatesWhatTheTableLeavesEmpty_IsADisagreement()
    {
        var findings = Form.Check(new CheckInput(Report.Sparse(Form), Report.Year2017)
        {
            Narrative = Report.Sparse(Form, ("3.1", 0)),
        });

        var finding = Assert.Single(findings);
        Assert.Equal(("narrative:3.1", "0 : -"), (finding.CheckId, finding.Value));
        Assert.Equal("收到申请数：报告正文为 0，统计表未填，两处不一致", finding.MessageZh);
    }

    [Fact]
    public void Check_FiledBeforeThePeriodEnded_IsFound()
    {
        var input = new CheckInput(Report.Full(Form, Report.Nanyang), Report.Year2017);

        var finding = Assert.Single(Form.Check(input with { FiledOn = new DateOnly(2017, 1, 11) }));

        Assert.Equal(("filed-early", Severity.Soft, "2017-01-11"), (finding.CheckId, finding.Severity, finding.Value));
        Assert.Equal("filed on 2017-01-11, before the last day 2017-12-31 of period 2017", finding.MessageEn);
        Assert.Equal("填报日期 2017-01-11 早于报告期 2017 的最后一天 2017-12-31", finding.MessageZh);
        Assert.Single(Form.Check(input with { FiledOn = new DateOnly(2017, 12, 30) }));
        Assert.Empty(Form.Check(input with { FiledOn = new DateOnly(2017, 12, 31) }));
        Assert.Empty(Form.Check(input with { FiledOn = new DateOnly(2018, 1, 11) }));
    }

    [Fact]
    public void Check_SeveralFaults_AreAllFoundInTheOrderOfTheChecks()
    {
        var wrong = Report.Nanyang.With(("1.1.a", 500), ("3.1", 2), ("4.1", 1), ("8.3", 5));

        Assert.Equal(["1.1.a<=1.1", "1.1.a<=1.1.b", "3.1=sum", "4=sum", "8.3=sum"],
            Report.Ids(Report.Check(Form, Report.Full(Form, wrong))));
    }

    [Fact]
    public void Check_ATotalOfManyUnits_IsJudgedAsFiguresAre()
    {
        var sums = new Sums(Form.Cells.Length);
        sums.Add(Report.Full(Form, Report.Nanyang));
        Assert.Empty(Report.Check(Form, sums.Freeze()));

        sums.Add(Report.Full(Form, Report.Nanyang.With(("8.3", 5))));

        Assert.Equal("9 : 8", Assert.Single(Report.Check(Form, sums)).Value);
    }
}
