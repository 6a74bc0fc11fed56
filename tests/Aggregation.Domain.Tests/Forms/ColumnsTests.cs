using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Tests.Forms;

public sealed class ColumnsTests
{
    private const string Definition = """
        {
          "id": "t", "name": { "zh": "表", "en": "Form" }, "periods": ["year"],
          "sections": [{ "code": "3", "name": { "zh": "节", "en": "Section" } }],
          "columns": [
            { "code": "person", "name": { "zh": "自然人", "en": "natural persons" } },
            { "code": "firm", "name": { "zh": "企业", "en": "firms" } },
            { "code": "total", "name": { "zh": "总计", "en": "total" } },
            { "code": "left", "name": { "zh": "现行有效", "en": "in force" }, "kind": "closing" }
          ],
          "indicators": [
            { "code": "new", "name": { "zh": "新收", "en": "New" }, "section": "3", "unit": "件", "columns": ["person", "firm", "total"] },
            { "code": "old", "name": { "zh": "结转", "en": "Carried over" }, "section": "3", "unit": "件", "kind": "opening", "columns": ["person", "firm", "total"] },
            { "code": "done", "name": { "zh": "办结", "en": "Done" }, "section": "3", "unit": "件", "columns": ["person", "firm", "total"] },
            { "code": "done.a", "name": { "zh": "公开", "en": "Granted" }, "section": "3", "unit": "件", "parent": "done", "columns": ["person", "firm", "total"] },
            { "code": "done.b", "name": { "zh": "拒绝", "en": "Refused" }, "section": "3", "unit": "件", "parent": "done", "columns": ["person", "firm", "total"] },
            { "code": "rules", "name": { "zh": "规章", "en": "Rules" }, "section": "3", "unit": "件", "columns": ["left"] }
          ],
          "checks": [
            { "id": "columns", "severity": "hard", "rule": "[new:total] = sum([new:person]:[new:firm])", "message": { "zh": "{left} {right}", "en": "{left} {right}" } },
            { "id": "rows", "severity": "hard", "rule": "[done:person] = sum([done.a:person]:[done.b:person])", "message": { "zh": "{left} {right}", "en": "{left} {right}" } }
          ]
        }
        """;

    [Fact]
    public void Cells_OfIndicatorsWithColumns_AreIndicatorTimesColumn()
    {
        var form = Report.Compile(Definition);

        Assert.Equal(16, form.Cells.Length);
        var cell = form.Cells[form.IndexOf("done.b:firm")];
        Assert.Equal(("done.b", "firm", "done:firm"), (cell.Indicator, cell.Column, cell.Parent));
        Assert.Equal(("拒绝（企业）", "Refused (firms)"), (cell.NameZh, cell.NameEn));
        Assert.Equal(CellKind.OpeningStock, form.Cells[form.IndexOf("old:person")].Kind);
        Assert.Equal(CellKind.ClosingStock, form.Cells[form.IndexOf("rules:left")].Kind);
        Assert.Equal(["new:person", "new:firm", "new:total", "old:person"], form.Cells.Take(4).Select(first => first.Code));
    }

    [Fact]
    public void Check_SumsAcrossColumnsAndDownRows_TakeSiblingsOnly()
    {
        var form = Report.Compile(Definition);

        Assert.Empty(Report.Check(form, Report.Sparse(form, ("new:person", 2), ("new:firm", 3), ("new:total", 5),
            ("done:person", 4), ("done.a:person", 1), ("done.b:person", 3), ("done.a:firm", 9), ("done.b:firm", 9))));
        var findings = Report.Check(form, Report.Sparse(form, ("new:total", 1), ("done:person", 1), ("done.a:firm", 1)));
        Assert.Equal(["columns", "rows"], Report.Ids(findings));
        Assert.Equal(["done:person", "done.a:person", "done.b:person"], findings[1].Cells.ToArray());
    }
}
