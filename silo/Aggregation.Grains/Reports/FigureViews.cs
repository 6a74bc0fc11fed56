using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Reports;

/// <summary>Sums and counts as shown.</summary>
internal static class FigureViews
{
    /// <summary>How many of the units that a scope at a unit takes in owe a report.</summary>
    /// <param name="obliged">The task's list; null: every unit owes one.</param>
    public static int Expected(ObligedUnits? obliged, TreeView view, string unit, Scope scope) => (obliged?.In(view), scope) switch
    {
        (null, Scope.Own) => 1,
        (null, Scope.Level) => view.ExpectedUnitsAtLevel(unit),
        (null, _) => view.ExpectedUnits(unit),
        ({ } counts, Scope.Own) => counts.Own(unit),
        ({ } counts, Scope.Level) => counts.Level(unit),
        ({ } counts, _) => counts.Region(unit),
    };

    public static ImmutableArray<CellTotal> Cells(LedgerFrame frame, Totals totals)
    {
        var cells = ImmutableArray.CreateBuilder<CellTotal>(frame.Cells);
        foreach (var cell in frame.Form.Cells)
        {
            if (totals.Has(cell.Index))
            {
                cells.Add(new CellTotal(
                    cell.Code, Amount.FromFixedPoint(totals[cell.Index], cell.Scale), totals.CountOf(cell.Index)));
            }
        }

        return cells.ToImmutable();
    }

    public static ImmutableArray<DerivedFigure> Derived(LedgerFrame frame, Totals totals)
    {
        var derived = ImmutableArray.CreateBuilder<DerivedFigure>(frame.Form.Derived.Length);
        foreach (var indicator in frame.Form.Derived)
        {
            var value = indicator.Evaluate(totals);
            derived.Add(new DerivedFigure(indicator.Code, value is { } number ? Amount.FromDecimal(number) : null));
        }

        return derived.MoveToImmutable();
    }

    /// <summary>
    /// A report that was taken while its task was being opened counts as expected from the first, although the list has it some seconds later.
    /// </summary>
    public static Coverage ToCoverage(ReportCounts counts, int expected) =>
        new(Math.Max(expected, Math.Max(counts.Submitted, counts.Returned)), counts.Submitted, counts.Accepted, counts.Returned, counts.Nil);
}
