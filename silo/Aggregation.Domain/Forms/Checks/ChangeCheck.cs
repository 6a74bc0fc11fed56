using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>
/// Compares each cell with the same period last year: a change is found where it is over a percentage of last year's
/// value and also over a number. A cell that is empty in either year is not compared; last year's zero makes any change
/// over the number a finding.
/// </summary>
internal sealed class ChangeCheck : Check
{
    private readonly Cell[] _cells;
    private readonly int _percent;
    private readonly long[] _least;

    /// <param name="percent">The change that is still fine, in percent of last year's value.</param>
    /// <param name="number">The change that is still fine, in units of measure.</param>
    public ChangeCheck(string id, Severity severity, int percent, int number, ImmutableArray<Cell> cells)
        : base(id, severity, RuleOf(percent, number), [.. cells.Select(cell => cell.Code)])
    {
        _cells = [.. cells];
        _percent = percent;
        _least = [.. cells.Select(cell => number * FixedPoint.Power(cell.Scale))];
    }

    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if (input.SamePeriodLastYear is not { } earlier)
            return;
        for (var i = 0; i < _cells.Length; i++)
        {
            var cell = _cells[i];
            if (!input.Cells.Has(cell.Index) || !earlier.Has(cell.Index))
                continue;
            var before = (Int128)earlier[cell.Index];
            var change = Int128.Abs(input.Cells[cell.Index] - before);
            if (change > _least[i] && change * 100 > Int128.Abs(before) * _percent)
                Find(cell, input.Cells[cell.Index], before, ref findings);
        }
    }

    private void Find(Cell cell, Int128 now, Int128 before, ref List<Finding>? findings)
    {
        var nowText = FixedPoint.Format(now, cell.Scale);
        var beforeText = FixedPoint.Format(before, cell.Scale);
        findings ??= [];
        findings.Add(new Finding($"{Id}:{cell.Code}", Severity, [cell.Code], $"{nowText} : {beforeText}", Rule,
            $"{cell.NameZh}本期为 {nowText}，去年同期为 {beforeText}，变动过大，请核实",
            $"{cell.NameEn}: {nowText} after {beforeText} in the same period last year is a large change, please verify"));
    }

    private static string RuleOf(int percent, int number) => string.Create(CultureInfo.InvariantCulture,
        $"change against the same period last year within ±{percent} % or within {number} in number");
}
