using System.Globalization;
using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>The small forms give the reports' printed totals and shares.</summary>
public sealed class SmallFormsTests
{
    [Fact]
    public void ItemsByClass_PingxiangIn2012_GivesTheTotalAndEachPrintedShare()
    {
        var form = Report.Catalog.Get("items-by-class");
        var figures = Report.Sparse(form, ("total", 41_126), ("1", 1_522), ("2", 8_349), ("3", 1_110), ("4", 23_113),
            ("5", 864), ("6", 905), ("7", 370), ("8-9", 4_893));

        Assert.Empty(Report.Check(form, figures));
        Assert.Equal(
            [("share-1", "3.7"), ("share-2", "20.3"), ("share-3", "2.7"), ("share-4", "56.2"),
             ("share-5", "2.1"), ("share-6", "2.2"), ("share-7", "0.9"), ("share-8-9", "11.9")],
            form.Derived.Select(share => (share.Code, Text(share.Evaluate(figures)))));
    }

    [Fact]
    public void ItemsByClass_TotalOffByOne_IsRefused()
    {
        var form = Report.Catalog.Get("items-by-class");
        var finding = Assert.Single(Report.Check(form, Report.Full(form, ("total", 41_125), ("4", 41_126))));
        Assert.Equal(("total=sum", Severity.Hard, "41125 : 41126"), (finding.CheckId, finding.Severity, finding.Value));
    }

    [Theory]
    [InlineData(2_975, 2_822, "94.9")]
    [InlineData(123, 100, "81.3")]
    [InlineData(39, 39, "100.0")]
    public void Interaction_PrintedMessages_GiveThePrintedReplyRate(long received, long answered, string rate)
    {
        var form = Report.Catalog.Get("interaction");
        var figures = Report.Sparse(form, ("1.1", received), ("1.2", answered));

        Assert.Empty(Report.Check(form, figures));
        Assert.Equal(rate, Text(form.Derived.Single(derived => derived.Code == "reply-rate").Evaluate(figures)));
    }

    [Fact]
    public void Lists_TonglingIn2017_GivesThePrintedReductions()
    {
        var form = Report.Catalog.Get("lists");
        var figures = Report.Sparse(form, ("1.1", 1_619), ("1.1.a", 54), ("1.2", 5_327), ("1.2.a", 88),
            ("2.1", 1_259), ("2.1.a", 293), ("2.2", 64), ("3.1", 90), ("3.2", 115), ("4.1", 201), ("4.2", 27), ("4.3", 39));

        Assert.Empty(Report.Check(form, figures));
        Assert.Equal(
            [("powers-cut", "69.61"), ("licences-cut", "38.64"), ("fees-cut", "21.7"), ("intermediary-cut", "24.7")],
            form.Derived.Select(derived => (derived.Code, Text(derived.Evaluate(figures)))));
    }

    [Fact]
    public void ItemsByKeyArea_PingxiangWithoutBreakdown_IsTakenAndPartsOverTheTotalAreNot()
    {
        var form = Report.Catalog.Get("items-by-key-area");
        Assert.Empty(Report.Check(form, Report.Sparse(form, ("total", 6_248), ("applications", 12), ("in-time", 12))));
        Assert.Equal(["total>=sum"], Report.Ids(Report.Check(form, Report.Full(form, ("total", 6_248), ("1", 6_000), ("9", 249)))));
    }

    [Fact]
    public void Load_BuiltInForms_AreTheseAndHaveAllNames()
    {
        Assert.Equal(["2014", "2021", "interaction", "items-by-class", "items-by-key-area", "lists"],
            Report.Catalog.Forms.Select(form => form.Id));
        foreach (var form in Report.Catalog.Forms)
        {
            Assert.All(form.Cells, cell => Assert.All((string[])[cell.NameZh, cell.NameEn, cell.UnitOfMeasure], Assert.NotEmpty));
            Assert.Equal(64, form.ContentHash.Length);
            Assert.Equal(form.Cells.Length, form.Cells.Select(cell => cell.NameEn + cell.Parent + cell.Section).Distinct().Count());
        }
    }

    private static string Text(decimal? value) => value!.Value.ToString(CultureInfo.InvariantCulture);
}
