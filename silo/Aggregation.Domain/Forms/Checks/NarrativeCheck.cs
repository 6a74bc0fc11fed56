using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>Every form has it: a figure that the report's text states is the one in the table.</summary>
internal sealed class NarrativeCheck(Cell[] cells)
    : Check("narrative", Severity.Soft, "figure in the text = figure in the table", [.. cells.Select(cell => cell.Code)])
{
    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if (input.Narrative is not { } stated)
            return;
        foreach (var cell in cells)
        {
            var index = cell.Index;
            if (!stated.Has(index) || (input.Cells.Has(index) && input.Cells[index] == stated[index]))
                continue;
            var text = FixedPoint.Format(stated[index], cell.Scale);
            var table = input.Cells.Has(index) ? FixedPoint.Format(input.Cells[index], cell.Scale) : null;
            findings ??= [];
            findings.Add(new Finding($"{Id}:{cell.Code}", Severity, [cell.Code], $"{text} : {table ?? "-"}", Rule,
                $"{cell.NameZh}：报告正文为 {text}，统计表{(table is null ? "未填" : $"为 {table}")}，两处不一致",
                $"{cell.NameEn}: the text says {text}, the table {(table is null ? "says nothing" : $"says {table}")}"));
        }
    }
}
