using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Reports;

/// <summary>Which units a scope 口径 takes in.</summary>
internal static class ScopeMembers
{
    /// <exception cref="KeyNotFoundException">The unit is not in force.</exception>
    public static HashSet<string> Members(this TreeView view, string unit, Scope scope)
    {
        var units = scope switch
        {
            Scope.Own => [],
            Scope.Level => view.ChildrenOf(unit).Where(child => child.Kind != UnitKind.Government)
                .SelectMany(child => view.PreOrder(child.Code)),
            _ => view.PreOrder(unit),
        };
        return units.Select(member => member.Code).Append(unit).ToHashSet(StringComparer.Ordinal);
    }
}
