using System.Collections.Immutable;
using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Figures;

/// <summary>Turns figures as sent into the dense vector of a form, or into every reason why it cannot.</summary>
public static class FigureReader
{
    private const int NanosPerUnit = 1_000_000_000;

    /// <summary>Reads all figures; allocates nothing but the result unless one violates a rule.</summary>
    /// <returns>True with the figures, or false with every violation in the order sent and empty figures.</returns>
    public static bool TryRead(
        Form form, ReadOnlySpan<CellFigure> sent, out Figures figures, out ImmutableArray<FigureViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(form);
        var builder = new FiguresBuilder(form.Cells.Length);
        List<FigureViolation>? found = null;
        for (var i = 0; i < sent.Length; i++)
        {
            var figure = sent[i];
            if (!form.TryGetCell(figure.Cell, out var cell))
                Refuse(ref found, figure, $"报表 {form.Id} 没有此单元格", $"form {form.Id} has no such cell");
            else if (builder.Has(cell.Index))
                Refuse(ref found, figure, "每个单元格只能填报一次", "a cell is given once");
            else if (TryFixedPoint(cell, figure, ref found, out var value))
                builder.Set(cell.Index, value);
        }

        violations = found is null ? [] : [.. found];
        figures = found is null ? builder.Build() : Figures.Empty(form.Cells.Length);
        return found is null;
    }

    private static bool TryFixedPoint(Cell cell, in CellFigure figure, ref List<FigureViolation>? found, out long value)
    {
        value = 0;
        if (figure.Amount.Nanos is <= -NanosPerUnit or >= NanosPerUnit
            || (figure.Amount.Units > 0 && figure.Amount.Nanos < 0) || (figure.Amount.Units < 0 && figure.Amount.Nanos > 0))
        {
            return Refuse(ref found, figure, "nanos 的绝对值应小于 10⁹，且与 units 同号",
                "nanos are below 10⁹ in magnitude and have the sign of units");
        }

        if (figure.Amount.Units < 0 || figure.Amount.Nanos < 0)
            return Refuse(ref found, figure, "不得为负数", "not negative");
        var (fraction, rest) = Math.DivRem(figure.Amount.Nanos, FixedPoint.Power(9 - cell.Scale));
        if (rest != 0)
        {
            return cell.Scale == 0
                ? Refuse(ref found, figure, "应为整数", "a whole number")
                : Refuse(ref found, figure, $"最多 {cell.Scale} 位小数", $"at most {cell.Scale} decimals");
        }

        if (figure.Amount.Units > cell.Max || (figure.Amount.Units == cell.Max && figure.Amount.Nanos > 0))
            return Refuse(ref found, figure, $"不得大于 {cell.Max}", $"at most {cell.Max}");
        value = checked((figure.Amount.Units * FixedPoint.Power(cell.Scale)) + fraction);
        return true;
    }

    private static bool Refuse(ref List<FigureViolation>? found, in CellFigure figure, string ruleZh, string ruleEn)
    {
        found ??= [];
        found.Add(new FigureViolation(
            figure.Cell, figure.Amount.ToString(), ruleZh, ruleEn));
        return false;
    }
}
