using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Tests.Hosting;

/// <summary>The oracle's answer to what a scope holds, from the tree alone.</summary>
internal static class ScopeUnits
{
    public static Unit[] Of(TreeView view, Unit unit, Scope scope) => scope switch
    {
        Scope.Own => [unit],
        Scope.Region => [.. view.PreOrder(unit.Code)],
        _ =>
        [
            unit,
            .. view.ChildrenOf(unit.Code).Where(child => child.Kind != UnitKind.Government)
                .SelectMany(child => view.PreOrder(child.Code)),
        ],
    };
}
