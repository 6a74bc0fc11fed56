using System.Globalization;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>
/// Every form that is reported by year and by quarter has it: a year's figure is what the unit's quarters make. With all
/// four filed a flow is their sum; with some missing it is at least the sum of those filed, because no figure is negative.
/// A cell that no quarter gave is not compared.
/// </summary>
internal sealed class QuartersCheck(Cell[] cells) : Check(
    "quarters", Severity.Soft,
    "yearly figure = sum of the four quarters, >= sum of fewer; a stock = the fourth quarter's, an opening stock = the first's",
    [.. cells.Select(cell => cell.Code)])
{
    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if (input.Quarters is not { } quarters)
            return;
        foreach (var cell in cells)
        {
            if (!quarters.YearToDate.Has(cell.Index))
                continue;
            var year = input.Cells[cell.Index];
            var sum = quarters.YearToDate[cell.Index];
            var holds = cell.Kind == CellKind.Flow && !quarters.IsComplete ? year >= sum : year == sum;
            if (!holds)
                Find(cell, input.Cells.Has(cell.Index) ? FixedPoint.Format(year, cell.Scale) : null, quarters, ref findings);
        }
    }

    private void Find(Cell cell, string? year, QuarterFigures quarters, ref List<Finding>? findings)
    {
        var sum = FixedPoint.Format(quarters.YearToDate[cell.Index], cell.Scale);
        var (zh, en) = cell.Kind switch
        {
            CellKind.Flow when quarters.IsComplete => ("四个季度合计", "the four quarters sum to"),
            CellKind.Flow => (
                string.Create(CultureInfo.InvariantCulture, $"已报的 {quarters.Filed} 个季度合计已达"),
                string.Create(CultureInfo.InvariantCulture, $"the {quarters.Filed} quarters filed already sum to")),
            CellKind.OpeningStock => ("第一季度", "the first quarter says"),
            _ => ("第四季度", "the fourth quarter says"),
        };
        findings ??= [];
        findings.Add(new Finding($"{Id}:{cell.Code}", Severity, [cell.Code], $"{year ?? "-"} : {sum}", Rule,
            $"{cell.NameZh}：年报{(year is null ? "未填" : $"为 {year}")}，{zh} {sum}，两处不一致，请核实",
            $"{cell.NameEn}: the year says {year ?? "nothing"}, {en} {sum}, please verify"));
    }
}
