using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;
using Aggregation.TestKit.Oracles;
using CellFigure = Aggregation.Domain.Figures.CellFigure;
using Severity = Aggregation.Domain.Forms.Severity;

namespace Aggregation.Grains.Tests.Histories;

/// <summary>Holds totals of the product against the oracle's.</summary>
internal static class OracleChecks
{
    /// <summary>What the total of a scope must be.</summary>
    /// <param name="total">The total's ledger.</param>
    public static OracleTotal Total(this Oracle oracle, PeriodTree tree, LedgerKey total, Scope scope, Layer layer)
    {
        var units = scope switch
        {
            Scope.Own => [total.Unit],
            Scope.Level => tree.Level(total.Unit),
            _ => tree.Region(total.Unit),
        };
        return oracle.Total(units.Select(unit => Acknowledged.Name(total.At(unit))), layer == Layer.Accepted);
    }

    /// <summary>Coverage, digest and every cell, in the form's order; and the form's identities, which hold at a total where they hold at every leaf.</summary>
    public static void RequireSame(Form form, LedgerKey ledger, OracleTotal expected, TotalView held)
    {
        var coverage = new Coverage(expected.Expected, expected.Submitted, expected.Accepted, 0, expected.Nil);
        Assert.Equal((ledger, held.Query, coverage, expected.Digest), (ledger, held.Query, held.Coverage, held.Digest));
        var order = form.Cells.Select(cell => cell.Code).ToList();
        Assert.Equal(
            expected.Cells.OrderBy(cell => order.IndexOf(cell.Cell)),
            held.Cells.Select(cell => (cell.Cell, Acknowledged.Decimal(cell.Amount), cell.Count)));
        RequireIdentities(form, held);
    }

    private static void RequireIdentities(Form form, TotalView held)
    {
        var cells = held.Cells.Select(cell => new CellFigure(cell.Cell, cell.Amount.Units, cell.Amount.Nanos)).ToArray();
        Assert.True(FigureReader.TryRead(form, cells, out var sums, out _));
        Assert.DoesNotContain(form.Check(new CheckInput(sums, Period.Parse("2017"))), finding => finding.Severity == Severity.Hard);
    }
}
