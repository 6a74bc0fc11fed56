using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

public sealed class CheckTests
{
    private const string Change = """{ "id": "change", "severity": "soft", "change": { "percent": 50, "number": 20 } }""";

    [Theory]
    [InlineData("[a] = [b]", 2, 2, true)]
    [InlineData("[a] = [b]", 2, 3, false)]
    [InlineData("[a] <= [b]", 2, 2, true)]
    [InlineData("[a] <= [b]", 3, 2, false)]
    [InlineData("[a] >= [b]", 2, 2, true)]
    [InlineData("[a] >= [b]", 1, 2, false)]
    [InlineData("[a] < [b]", 1, 2, true)]
    [InlineData("[a] < [b]", 2, 2, false)]
    [InlineData("[a] > [b]", 3, 2, true)]
    [InlineData("[a] > [b]", 2, 2, false)]
    [InlineData("2 * [a] - 1=3*[b]", 2, 1, true)]
    [InlineData("2*[a] - 1 = 3*[b]", 3, 1, false)]
    [InlineData("-[a] + 10 >= [b]", 4, 6, true)]
    [InlineData("-[a] + 10 >= [b]", 4, 7, false)]
    [InlineData("sum([a]:[c]) = 5", 2, 3, true)]
    [InlineData("10 - sum([a]:[c]) > 5", 2, 3, false)]
    public void Check_Rule_HoldsAsWritten(string rule, long a, long b, bool holds)
    {
        var form = Report.Compile(Report.Definition(Report.Rule(rule)));
        Assert.Equal(holds ? [] : ["r"], Report.Ids(Report.Check(form, Report.Sparse(form, ("a", a), ("b", b)))));
    }

    [Fact]
    public void Check_DifferentScales_AreAlignedAndPrintedWithTheirDecimals()
    {
        var form = Report.Compile(Report.Definition(Report.Rule("[m] = [a]")));
        Assert.Empty(Report.Check(form, Report.Sparse(form, ("m", 3), ("a", 3))));

        Assert.True(FigureReader.TryRead(form, [new("m", 3, 10_000_000), new("a", 3, 0)], out var figures, out _));
        var finding = Assert.Single(Report.Check(form, figures));

        Assert.Equal("3.01 : 3", finding.Value);
        Assert.Equal("左 3.01 右 3", finding.MessageZh);
        Assert.Equal("left 3.01 right 3", finding.MessageEn);
    }

    [Fact]
    public void Check_SomeCellsEmpty_CountAsZeroAndAllEmptyDoesNotApply()
    {
        var form = Report.Compile(Report.Definition(Report.Rule("[a] > [b]")));

        Assert.Empty(Report.Check(form, Report.Sparse(form)));
        Assert.Empty(Report.Check(form, Report.Sparse(form, ("c", 1))));
        Assert.Equal("0 : 0", Assert.Single(Report.Check(form, Report.Sparse(form, ("b", 0)))).Value);
        Assert.Empty(Report.Check(form, Report.Sparse(form, ("a", 1))));
    }

    [Fact]
    public void Check_LargestTotals_AreExact()
    {
        var form = Report.Compile(Report.Definition(Report.Rule("1000000*[a] = 1000000*[b] + [m]")));
        var most = Vector.Of(long.MaxValue, long.MaxValue - 1, null, 100_000_000);

        Assert.Empty(Report.Check(form, most));
    }

    [Theory]
    [InlineData(100, 150, false)]
    [InlineData(100, 151, true)]
    [InlineData(100, 50, false)]
    [InlineData(100, 49, true)]
    [InlineData(30, 50, false)]
    [InlineData(30, 51, true)]
    [InlineData(0, 20, false)]
    [InlineData(0, 21, true)]
    [InlineData(21, 0, true)]
    public void Change_AgainstLastYear_IsFoundOverBothThresholds(long before, long now, bool found)
    {
        var form = Report.Compile(Report.Definition(Change));

        var findings = form.Check(new CheckInput(Report.Sparse(form, ("b", now)), Report.Year2017)
        {
            SamePeriodLastYear = Report.Sparse(form, ("b", before)),
        });

        Assert.Equal(found ? ["change:b"] : [], Report.Ids(findings));
        if (found)
            Assert.Equal($"{now} : {before}", findings[0].Value);
    }

    [Fact]
    public void Change_InDecimals_ComparesWholeUnits()
    {
        var form = Report.Compile(Report.Definition(Change));
        var before = Report.Sparse(form, ("m", 10));
        Assert.True(FigureReader.TryRead(form, [new("m", 30, 10_000_000)], out var over, out _));

        Assert.Empty(form.Check(new CheckInput(Report.Sparse(form, ("m", 30)), Report.Year2017) { SamePeriodLastYear = before }));
        var finding = Assert.Single(form.Check(new CheckInput(over, Report.Year2017) { SamePeriodLastYear = before }));
        Assert.Equal("30.01 : 10.00", finding.Value);
        Assert.Equal("change against the same period last year within ±50 % or within 20 in number", finding.Rule);
    }

    [Fact]
    public void Change_EmptyInEitherYearOrNoEarlierReport_IsNotCompared()
    {
        var form = Report.Compile(Report.Definition(Change));
        var full = new CheckInput(Report.Sparse(form, ("a", 1000)), Report.Year2017);

        Assert.Empty(form.Check(full));
        Assert.Empty(form.Check(full with { SamePeriodLastYear = Report.Sparse(form) }));
        Assert.Empty(form.Check(new CheckInput(Report.Sparse(form), Report.Year2017) { SamePeriodLastYear = full.Cells }));
    }

    [Fact]
    public void Change_CellsListed_OnlyThoseAreCompared()
    {
        var form = Report.Compile(Report.Definition(
            """{ "id": "change", "severity": "soft", "change": { "percent": 50, "number": 20, "cells": ["b"] } }"""));

        var findings = form.Check(new CheckInput(Report.Full(form), Report.Year2017)
        {
            SamePeriodLastYear = Report.Sparse(form, ("a", 1000), ("b", 1000)),
        });

        Assert.Equal(["change:b"], Report.Ids(findings));
    }

    [Fact]
    public void Change_StocksOf2014_AreNotCompared()
    {
        var form = Report.Catalog.Get("2014");
        var check = Assert.Single(form.Checks, check => check.Id == "change");
        Assert.Equal(52, check.Cells.Length);
        Assert.DoesNotContain(check.Cells, code => code.StartsWith("8.", StringComparison.Ordinal));
    }
}
