using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Ledgers;

/// <summary>Totals as shown. Taken in one turn, so that a total and its parts agree.</summary>
internal static class LedgerViews
{
    public static TotalView Total(OpenLedger ledger, TreeNode node, TotalQuery query)
    {
        var (scope, layer) = (query.Scope, query.Layer);
        var totals = node.Rollup.Totals(scope, layer);
        return new TotalView
        {
            Ledger = ledger.Frame.Key,
            Query = query,
            UnitName = node.Unit.Name,
            Version = node.Version,
            StructureVersion = node.Position.StructureVersion,
            Coverage = FigureViews.ToCoverage(node.Rollup.Counts(scope), FigureViews.Expected(ledger.Task?.Units, node.View, node.Unit.Code, scope)),
            Digest = node.Rollup.Digest(scope, layer).ToString(),
            Cells = FigureViews.Cells(ledger.Frame, totals),
            Derived = FigureViews.Derived(ledger.Frame, totals),
        };
    }

    public static ChildrenView Children(OpenLedger ledger, TreeNode node, TotalQuery query)
    {
        var layer = query.Layer;
        var view = node.View;
        var parts = ImmutableArray.CreateBuilder<Part>();
        parts.Add(Own(ledger, node, layer));
        if (query.Scope != Scope.Own)
        {
            foreach (var child in view.ChildrenOf(node.Unit.Code))
            {
                if (query.Scope == Scope.Region || child.Kind != UnitKind.Government)
                {
                    parts.Add(Child(ledger, node, view, child, layer));
                }
            }
        }

        return new ChildrenView { Total = Total(ledger, node, query), Parts = parts.ToImmutable() };
    }

    private static Part Own(OpenLedger ledger, TreeNode node, Layer layer)
    {
        var own = node.Rollup.Own;
        var counting = ledger.Own.Counting;
        var revision = layer == Layer.Submitted ? counting.Submitted : counting.Accepted;
        return new Part
        {
            Unit = node.Unit.Code,
            UnitName = node.Unit.Name,
            IsOwn = true,
            CanOpen = false,
            Coverage = FigureViews.ToCoverage(own.Counts, FigureViews.Expected(ledger.Task?.Units, node.View, node.Unit.Code, Scope.Own)),
            Digest = own[layer].Digest.ToString(),
            Cells = Cells(ledger.Frame, own[layer]),
            Source = revision?.ToSource(),
            Version = new LedgerVersion(0, ledger.Own.Version),
        };
    }

    private static Part Child(OpenLedger ledger, TreeNode node, TreeView view, Unit child, Layer layer)
    {
        var part = node.Rollup.Child(child.Code);
        var head = node.Child(child.Code);
        return new Part
        {
            Unit = child.Code,
            UnitName = child.Name,
            IsOwn = false,
            CanOpen = !view.IsLeaf(child.Code),
            Coverage = FigureViews.ToCoverage(part.Counts, FigureViews.Expected(ledger.Task?.Units, view, child.Code, Scope.Region)),
            Digest = part[layer].Digest.ToString(),
            Cells = Cells(ledger.Frame, part[layer]),
            Source = part[layer].IsEmpty ? null : head?.Source,
            Version = head?.Version ?? default,
        };
    }

    private static ImmutableArray<CellTotal> Cells(LedgerFrame frame, LayerPart part) =>
        part.IsEmpty ? [] : FigureViews.Cells(frame, part.Unpack());
}
