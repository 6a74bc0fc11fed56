using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>
/// Every form has it: an office files its own figures. One that files the sum of those below it doubles them in every total
/// above. Soft, for the two can be the same by chance.
/// </summary>
internal sealed class SumBelowCheck(ImmutableArray<Cell> cells) : Check(CheckId, Severity.Soft, "own figures <> sum of those below", [])
{
    public const string CheckId = "sum-below";

    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if (input.Below is not { } below)
        {
            return;
        }

        var (zh, en) = Same(input.Cells, below.All) ? ("全部下级单位", "everything below it")
            : Same(input.Cells, below.Level) ? ("本级部门和机构", "the departments and institutions below it")
            : Same(input.Cells, below.Governments) ? ("下级政府", "the governments below it")
            : default;
        if (zh is null)
        {
            return;
        }

        var first = cells[First(input.Cells)];
        var value = FixedPoint.Format(input.Cells[first.Index], first.Scale);
        findings ??= [];
        findings.Add(new Finding(Id, Severity, [first.Code], string.Create(CultureInfo.InvariantCulture, $"{value} : {value}"), Rule,
            $"本单位数字与{zh}之和完全相同，只应填报本单位自身的数字，否则汇总会重复计算",
            $"the figures are those of {en} together; an office files its own, or totals count them twice"));
    }

    /// <summary>The same in every cell, an empty one as 0, and not 0 in all of them.</summary>
    private static bool Same(ICellValues own, ICellValues sum)
    {
        var isAny = false;
        for (var i = 0; i < own.Length; i++)
        {
            if (own[i] != sum[i])
            {
                return false;
            }

            isAny |= own[i] != 0;
        }

        return isAny;
    }

    private static int First(ICellValues own)
    {
        var place = 0;
        while (own[place] == 0)
        {
            place++;
        }

        return place;
    }
}
