using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Reports;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.AsOf;

/// <summary>
/// A total put together from what single units counted: for the unit itself and for each child that the scope takes in, the
/// sum over everything at and under it.
/// </summary>
internal sealed class FoldedTotal
{
    private readonly LedgerFrame _frame;
    private readonly TreeView _view;
    private readonly TotalQuery _query;
    private readonly long _structureVersion;
    private readonly Unit _unit;
    private readonly ImmutableArray<Unit> _children;
    private readonly Dictionary<string, FoldedPart> _parts = new(StringComparer.Ordinal);
    private readonly Layer _layer;
    private readonly ObligedUnits? _obliged;

    /// <param name="frame">The ledger.</param>
    /// <param name="structure">As it was.</param>
    /// <param name="obliged">The list of the task as it was; null where there was none.</param>
    /// <param name="query">Which total.</param>
    /// <exception cref="RefusedException">The tree does not have the unit, or there is no such tree.</exception>
    public FoldedTotal(LedgerFrame frame, AdministrativeStructure structure, ObligedUnits? obliged, TotalQuery query)
    {
        var unit = frame.Key.Unit;
        if (!structure.HasTree(query.Tree) || !structure.At(query.Tree, frame.Day).TryFind(unit, out var found))
        {
            throw LedgerShape.Absent(structure, frame, query.Tree);
        }

        _frame = frame;
        _view = structure.At(query.Tree, frame.Day);
        _query = query;
        _obliged = obliged;
        _structureVersion = structure.Version;
        _unit = found;
        _layer = query.Layer;
        _children = query.Scope == Scope.Own ? [] :
        [
            .. _view.ChildrenOf(unit).Where(child => query.Scope == Scope.Region || child.Kind != UnitKind.Government),
        ];
        foreach (var part in _children.Prepend(found))
        {
            _parts.Add(part.Code, new FoldedPart(frame, _layer));
        }
    }

    /// <summary>Every unit that the total takes in.</summary>
    public IReadOnlyCollection<string> Units =>
        [_unit.Code, .. _children.SelectMany(child => _view.PreOrder(child.Code)).Select(unit => unit.Code)];

    /// <summary>Children that have children of their own, and of which anything counted in the layer.</summary>
    public IEnumerable<string> Offices => _children
        .Where(child => !_view.IsLeaf(child.Code) && _parts[child.Code].Counts != default)
        .Select(child => child.Code);

    public bool IsChild(string unit) => _view.ParentOf(unit)?.Code == _unit.Code;

    /// <summary>Adds what a unit counted, unless the total does not take it in.</summary>
    /// <returns>The revision that counts in the layer; null where there is none, or the unit is not part of the total.</returns>
    public OwnRevision? Add(string unit, long version, OwnFigures counting) =>
        PartOf(unit) is { } part ? part.Add(unit, version, counting) : null;

    /// <summary>The sum of all parts.</summary>
    public FoldedPart Sum()
    {
        var sum = new FoldedPart(_frame, _layer);
        foreach (var part in _parts.Values)
        {
            sum.Add(part);
        }

        return sum;
    }

    public string NameOf(string unit) => _view.TryFind(unit, out var found) ? found.Name : "";

    public TotalView ToTotal(AsOfPoint? asOf)
    {
        var sum = Sum();
        var totals = sum.Totals;
        return new TotalView
        {
            Ledger = _frame.Key,
            Query = _query,
            UnitName = _unit.Name,
            Version = _view.IsLeaf(_unit.Code) ? _parts[_unit.Code].Version : default,
            StructureVersion = _structureVersion,
            Coverage = sum.ToCoverage(FigureViews.Expected(_obliged, _view, _unit.Code, _query.Scope)),
            Digest = sum.Digest.ToString(),
            Cells = FigureViews.Cells(_frame, totals),
            Derived = FigureViews.Derived(_frame, totals),
            AsOf = asOf,
        };
    }

    public ChildrenView ToChildren(AsOfPoint asOf) => new()
    {
        Total = ToTotal(asOf),
        Parts = [ToPart(_unit, isOwn: true), .. _children.Select(child => ToPart(child, isOwn: false))],
    };

    private Part ToPart(Unit unit, bool isOwn)
    {
        var part = _parts[unit.Code];
        var isOne = isOwn || _view.IsLeaf(unit.Code);
        return new Part
        {
            Unit = unit.Code,
            UnitName = unit.Name,
            IsOwn = isOwn,
            CanOpen = !isOne,
            Coverage = part.ToCoverage(FigureViews.Expected(_obliged, _view, unit.Code, isOwn ? Scope.Own : Scope.Region)),
            Digest = part.Digest.ToString(),
            Cells = FigureViews.Cells(_frame, part.Totals),
            Source = isOne ? part.Source : null,
            Version = isOne ? part.Version : default,
        };
    }

    /// <summary>The part through which a unit counts: its own, or that of the child which it is or is under.</summary>
    private FoldedPart? PartOf(string unit)
    {
        if (!_view.IsWithin(unit, _unit.Code))
        {
            return null;
        }

        var at = unit;
        while (at != _unit.Code && _view.ParentOf(at) is { } parent && parent.Code != _unit.Code)
        {
            at = parent.Code;
        }

        return _parts.GetValueOrDefault(at);
    }
}
