using Aggregation.Cli.Printing;

namespace Aggregation.Cli.Tests.Reports;

public sealed class FormTableTests
{
    public static TheoryData<string> Forms => [.. FormMessages.Catalog.Forms.Select(form => form.Id)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Grid_OfEverySectionStacked_CoversItsRectangleOnceAndHoldsEveryCell(string id)
    {
        var form = FormMessages.Of(id);

        foreach (var language in (Language[])[Language.Chinese, Language.English])
        {
            var grid = ChapterGrid.Of(form, [.. form.Sections.Select(section => section.Code)], language);
            var covered = grid.Cells.SelectMany(cell =>
                from row in Enumerable.Range(cell.Row, cell.RowSpan)
                from column in Enumerable.Range(cell.Column, cell.ColumnSpan)
                select (row, column)).ToList();

            Assert.Equal(grid.Width * grid.Height, covered.Count);
            Assert.Equal(covered.Count, covered.Distinct().Count());
            Assert.All(covered, place => Assert.True(place.row < grid.Height && place.column < grid.Width));
            Assert.Equal(form.Cells.Select(cell => cell.Code), grid.Cells.Select(cell => cell.Code).Where(code => code.Length > 0));
        }
    }

    [Fact]
    public void Grid_OfApplications_HasThePrescribedHeadAndStubs()
    {
        var grid = new FormTable(FormMessages.Annual, "3", Language.Chinese).Grid();

        Assert.Equal((10, 28), (grid.Width, grid.Height));
        Assert.Equal(
            [
                (0, 0, 3, 3, "勾稽关系：第一项加第二项之和等于第三项加第四项之和"), (0, 3, 1, 7, "申请人情况"), (1, 3, 2, 1, "自然人"),
                (1, 4, 1, 5, "法人或其他组织"), (1, 9, 2, 1, "总计"), (2, 4, 1, 1, "商业企业"), (2, 5, 1, 1, "科研机构"),
                (2, 6, 1, 1, "社会公益组织"), (2, 7, 1, 1, "法律服务机构"), (2, 8, 1, 1, "其他"),
            ],
            Labels(grid, GridKind.Head));
        var stubs = Labels(grid, GridKind.Stub).ToList();
        Assert.Equal((3, 0, 1, 3, "一、本年新收政府信息公开申请数量"), stubs[0]);
        Assert.Contains((5, 0, 22, 1, "三、本年度办理结果"), stubs);
        Assert.Contains((5, 1, 1, 2, "（一）予以公开"), stubs);
        Assert.Contains((7, 1, 8, 1, "（三）不予公开"), stubs);
        Assert.Contains((14, 2, 1, 1, "8.属于行政查询事项"), stubs);
        Assert.Contains((26, 1, 1, 2, "（七）总计"), stubs);
        Assert.Contains((27, 0, 1, 3, "四、结转下年度继续办理"), stubs);
    }

    [Fact]
    public void Grid_OfCases_StandsInOneLineOfFigures()
    {
        var grid = new FormTable(FormMessages.Annual, "4", Language.Chinese).Grid();

        Assert.Equal((15, 4), (grid.Width, grid.Height));
        Assert.Equal(
            [(0, 0, 2, 5, "行政复议"), (0, 5, 1, 10, "行政诉讼"), (1, 5, 1, 5, "未经复议直接起诉"), (1, 10, 1, 5, "复议后起诉")],
            Labels(grid, GridKind.Head).Where(label => label.Item1 < 2));
        Assert.Equal(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
            Labels(grid, GridKind.Head).Where(label => label.Item1 == 2).Take(5).Select(label => label.Item5));
        Assert.Equal("4.3:all", grid.Cells[^1].Code);
    }

    private static IEnumerable<(int, int, int, int, string)> Labels(TableGrid grid, GridKind kind) => grid.Cells
        .Where(cell => cell.Kind == kind).OrderBy(cell => cell.Row).ThenBy(cell => cell.Column)
        .Select(cell => (cell.Row, cell.Column, cell.RowSpan, cell.ColumnSpan, cell.Text));
}
