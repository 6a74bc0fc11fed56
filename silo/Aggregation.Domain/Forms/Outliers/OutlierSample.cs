using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Outliers;

/// <summary>The spread of each cell that a form looks at for outliers, over some reports.</summary>
public sealed class OutlierSample
{
    private readonly Spread[] _spreads;

    internal OutlierSample(Spread[] spreads) => _spreads = spreads;

    /// <summary>The spread of the cell at this place of <see cref="OutlierRules.Cells"/>; an empty cell is in no sample.</summary>
    public Spread this[int place] => _spreads[place];

    /// <param name="rules">Of the form that the reports are of.</param>
    /// <param name="reports">In any order.</param>
    public static OutlierSample Of(OutlierRules rules, IReadOnlyList<ICellValues> reports)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(reports);
        return new OutlierSample([.. rules.Cells.Select(cell => Spread.Of(Sorted(cell, reports)))]);
    }

    internal static long[] Sorted(Cell cell, IEnumerable<ICellValues> reports)
    {
        long[] values = [.. reports.Where(report => report.Has(cell.Index)).Select(report => report[cell.Index])];
        Array.Sort(values);
        return values;
    }
}
